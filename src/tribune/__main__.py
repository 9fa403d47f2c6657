import sys

from tribune.cli import main

sys.exit(main())
