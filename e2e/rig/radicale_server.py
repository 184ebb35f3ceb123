"""Radicale itself, with the one setting that it takes from programs only: nothing here has to outlive a power cut.

Waiting for the disk three times for each item is most of what adding one costs. Takes the path of a configuration file.
"""

import sys

from radicale import config, log, server

log.setup()
configuration = config.load([(sys.argv[1], False)])
configuration.update({'storage': {'_filesystem_fsync': 'False'}}, 'tests', privileged=True)
log.set_level(configuration.get('logging', 'level'))
server.serve(configuration)
