"""`python -m kgpub` is the same as `kgpub`."""

from kgpub.cli import main

if __name__ == "__main__":
    main()
