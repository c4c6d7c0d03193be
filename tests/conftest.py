"""Short on purpose: what every test may use. Factories stand in tests/factories, tools in tests/tools.py."""

pytest_plugins = ["tests.tools", "tests.database"]
