// For the app under test: with each SIGUSR2 its clock goes eleven minutes ahead.
const realNow = Date.now
let ahead = 0
Date.now = () => realNow() + ahead
process.on('SIGUSR2', () => {
  ahead += 11 * 60_000
  process.stdout.write('eleven minutes later\n')
})
