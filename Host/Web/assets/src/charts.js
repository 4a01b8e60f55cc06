// Draws the tables that are marked as charts. The table is the data and stays in the page, behind "Show figures".
import {
  ArcElement, BarController, BarElement, CategoryScale, Chart, DoughnutController, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip,
} from 'chart.js';

Chart.register(ArcElement, BarController, BarElement, CategoryScale, DoughnutController, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

const drawn = new Map();
const isCalm = matchMedia('(prefers-reduced-motion: reduce)');

for (const change of [matchMedia('(prefers-color-scheme: dark)'), isCalm]) change.addEventListener('change', redrawAll);
new MutationObserver(redrawAll).observe(document.documentElement, { attributes: true, attributeFilter: ['data-bs-theme'] });

/** Draws one chart, a <figure data-chart="bar|line|doughnut"> with a table and an empty canvas in it. */
export function draw(figure) {
  const canvas = figure.querySelector('canvas');
  const table = figure.querySelector('table');
  if (!canvas || !table || drawn.has(figure)) return;
  if (!figure.classList.contains('is-drawn')) {
    figure.classList.add('is-drawn');
    figure.querySelector('details').open = false;
  }
  for (const gone of [...drawn.keys()].filter(f => !f.isConnected)) forget(gone);
  drawn.set(figure, new Chart(canvas, settings(figure, read(table))));
}

function redrawAll() {
  for (const figure of [...drawn.keys()]) {
    forget(figure);
    if (figure.isConnected) draw(figure);
  }
}

function forget(figure) {
  drawn.get(figure).destroy();
  drawn.delete(figure);
}

/** The first column labels, every further one is a series; data-value has the plain number of a cell. */
function read(table) {
  const headings = [...table.tHead.rows[0].cells].slice(1);
  const rows = [...table.tBodies[0].rows];
  return {
    labels: rows.map(row => row.cells[0].textContent.trim()),
    colours: rows.map(row => row.cells[0].dataset.colour),
    series: headings.map((heading, i) => ({
      label: heading.textContent.trim(),
      colour: heading.dataset.colour,
      values: rows.map(row => Number(row.cells[i + 1].dataset.value)),
      written: rows.map(row => row.cells[i + 1].textContent.trim()),
    })),
  };
}

function settings(figure, data) {
  const kind = figure.dataset.chart;
  const style = getComputedStyle(figure);
  const colour = name => style.getPropertyValue(`--chart-${name}`).trim() || style.getPropertyValue('--chart-1').trim();
  const isRound = kind === 'doughnut';
  const isLying = figure.dataset.lying !== undefined;
  const text = style.getPropertyValue('--chart-text').trim();
  const grid = style.getPropertyValue('--chart-grid').trim();
  // Nobody makes half a call.
  const isCounted = data.series.every(series => series.values.every(Number.isInteger));
  const figures = { ticks: { color: text, maxTicksLimit: 6, callback: short, precision: isCounted ? 0 : undefined }, grid: { color: grid }, border: { display: false }, beginAtZero: true, stacked: figure.dataset.stacked !== undefined };
  const names = { ticks: { color: text, autoSkip: true, maxRotation: 0 }, grid: { display: false }, border: { color: grid }, stacked: figure.dataset.stacked !== undefined };
  return {
    type: kind,
    data: {
      labels: data.labels,
      datasets: data.series.map((series, i) => {
        const own = colour(series.colour ?? String(i + 1));
        return {
          label: series.label,
          data: series.values,
          backgroundColor: isRound ? data.colours.map((c, n) => colour(c ?? String(n + 1))) : kind === 'line' ? `color-mix(in srgb, ${own} 15%, transparent)` : own,
          borderColor: isRound ? style.getPropertyValue('--chart-ground').trim() : own,
          borderWidth: isRound ? 2 : kind === 'line' ? 2 : 0,
          borderRadius: kind === 'bar' ? 3 : 0,
          maxBarThickness: 48,
          pointRadius: data.labels.length > 40 ? 0 : 2.5,
          pointBackgroundColor: own,
          fill: kind === 'line' && data.series.length === 1,
          tension: 0.2,
        };
      }),
    },
    options: {
      animation: isCalm.matches ? false : { duration: 350 },
      responsive: true,
      maintainAspectRatio: false,
      indexAxis: isLying ? 'y' : 'x',
      interaction: { mode: isRound ? 'nearest' : 'index', intersect: isRound },
      scales: isRound ? {} : isLying ? { x: figures, y: { ...names, ticks: { color: text, autoSkip: false, callback(value) { return cut(this.getLabelForValue(value)); } } } } : { x: names, y: figures },
      cutout: isRound ? '62%' : undefined,
      plugins: {
        legend: { display: isRound || data.series.length > 1, position: isRound ? 'right' : 'top', align: 'start', labels: { color: text, boxWidth: 12, boxHeight: 12 } },
        tooltip: { callbacks: { label: item => ` ${isRound ? item.label : item.dataset.label}: ${data.series[item.datasetIndex].written[item.dataIndex]}` } },
      },
    },
  };
}

const cut = label => label.length > 24 ? `${label.slice(0, 23)}…` : label;

function short(value) {
  const size = Math.abs(value);
  if (size >= 1e6) return `${+(value / 1e6).toFixed(1)}m`;
  if (size >= 1e4) return `${+(value / 1e3).toFixed(1)}k`;
  return value.toLocaleString('en-GB');
}
