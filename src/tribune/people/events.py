"""What this room announces."""

CITY_JOINED = "city_joined"
MEMBER_LEFT = "member_left"
