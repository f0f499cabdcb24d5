// The website's own measuring: it keeps something in each of the three places.
order.push('external')
document.cookie = 'visits_id=1; path=/'
localStorage.setItem('visits:1', location.pathname)
sessionStorage.setItem('visits.now', location.pathname)
