"""``python -m hengjian``."""

from hengjian.cli.main import run

if __name__ == "__main__":
    run()
