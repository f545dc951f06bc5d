// Plain CommonJS in an old dialect: this file must run on the Node that is too old for everything else.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    'Numberdesk needs Node 24 or newer, and this is ' +
      process.version +
      '. On Linux (x64, arm64) `npm ci` brings a ' +
      'fitting Node by itself; elsewhere install one from https://nodejs.org and run the command again.\n',
  )
  process.exit(1)
}
