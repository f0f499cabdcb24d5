document.cookie = 'visits_id=1; path=/'
