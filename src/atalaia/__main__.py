"""`python -m atalaia` is the command `atalaia`."""

import sys

from atalaia.cli.main import main

sys.exit(main())
