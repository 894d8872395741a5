// The part of the address that no server sees says which call is wanted: it is kept on the way through the form.
const form = document.querySelector('form');
form.action += location.hash;

// Who comes by a link from elsewhere comes without the cookie that he may have; this page is none of elsewhere.
const isAgain = performance.getEntriesByType('navigation')[0]?.type === 'reload';
if (!isAgain && location.pathname === '/' && (await fetch('/api/nodes')).ok) location.reload();
