// A form with a file is sent by htmx (hx-boost), which tells how far it is. Without script the browser sends it and shows its own sign.
export function showUploads() {
  document.addEventListener('htmx:xhr:progress', event => {
    const bar = event.target.closest?.('form')?.querySelector('[data-upload-progress]');
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    const share = Math.round(event.detail.loaded / event.detail.total * 100);
    bar.querySelector('progress').value = share;
    bar.querySelector('output').textContent = share < 100 ? `${share} % sent` : 'Sent; being read';
  });
}
