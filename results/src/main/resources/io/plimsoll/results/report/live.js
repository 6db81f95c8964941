/* The live page: what the run tells, second by second. Every text goes in as text, never as markup. */
(function () {
  'use strict';
  var MOST_SECONDS = 7200;
  var MOST_EVENTS = 200;
  var PATIENCE = 20;
  var darkness = window.matchMedia('(prefers-color-scheme: dark)');
  var views = [
    { id: 'rate', title: 'Rate', unit: 'requests/s', lines: [
      { name: 'offered', colour: 'c5', dashed: true, of: field('offered') },
      { name: 'served', colour: 'c0', of: field('served') }] },
    { id: 'p95', title: 'Latency, p95', unit: 'ms', lines: [{ name: 'p95', colour: 'c1', of: field('p95') }] },
    { id: 'errors', title: 'Errors', unit: '%', lines: [{ name: 'failed of all', colour: 'c4', of: field('errors') }] },
    { id: 'instances', title: 'Instances in service', unit: '', level: true, lines: [
      { name: 'healthy targets', colour: 'c5', dashed: true, of: field('healthy') }] },
    { id: 'lag', title: 'Replica lag, longest', unit: 's', lines: [{ name: 'lag', colour: 'c2', of: field('lag') }] }
  ];
  var GROUP_COLOURS = ['c0', 'c3', 'c7', 'c6', 'c2', 'c1', 'c4'];
  var run = empty();

  function empty() {
    return { plan: null, seconds: [], events: [], requests: [], line: '', ended: null };
  }

  function field(name) {
    return function (second) { return typeof second[name] === 'number' ? second[name] : null; };
  }

  function element(id) {
    return document.getElementById(id);
  }

  function made(parent, tag, text, style) {
    var child = document.createElement(tag);
    if (text !== undefined) { child.textContent = text; }
    if (style) { child.className = style; }
    parent.appendChild(child);
    return child;
  }

  /* Text of unknown direction, kept from turning its neighbours. */
  function outside(parent, text) {
    return made(parent, 'bdi', text);
  }

  function begin() {
    return run.plan ? run.plan.phases[0].from : 0;
  }

  function end() {
    return run.plan ? run.plan.phases[run.plan.phases.length - 1].to : 0;
  }

  function since(at) {
    return (at - begin()) / 1000;
  }

  function latest() {
    return run.seconds.length > 0 ? run.seconds[run.seconds.length - 1] : null;
  }

  function group(second, name) {
    var found = (second.groups || []).find(function (candidate) { return candidate.name === name; });
    return found ? found.inService : null;
  }

  /* Scaling groups have a line each, from the moment they are first seen. */
  function meet(second) {
    var chart = views.find(function (candidate) { return candidate.id === 'instances'; });
    (second.groups || []).forEach(function (seen) {
      if (!chart.lines.some(function (line) { return line.group === seen.name; })) {
        var colour = GROUP_COLOURS[(chart.lines.length - 1) % GROUP_COLOURS.length];
        chart.lines.push({ name: seen.name, group: seen.name, colour: colour,
          of: function (second) { return group(second, seen.name); } });
        legend(chart);
      }
    });
  }

  /* Figures. */
  function told(value, unit) {
    return value === null || value === undefined ? '–' : charts.figure(value) + unit;
  }

  function number(id, text, bad) {
    element('now-' + id).textContent = text;
    element('now-' + id).classList.toggle('bad', Boolean(bad));
  }

  function showNumbers() {
    var now = latest();
    if (!now) { return; }
    number('offered', told(now.offered, ' /s'));
    number('served', told(now.served, ' /s'));
    number('p95', told(now.p95, ' ms'));
    number('errors', told(now.errors, ' %'), now.errors > 0);
    number('healthy', now.registered === undefined ? '–' : now.healthy + ' of ' + now.registered, now.healthy < now.registered);
    number('lag', now.stopped > 0 ? 'stopped on ' + now.stopped : told(now.lag, ' s'), now.stopped > 0);
    element('note').textContent = now.note ? now.note + ': what they see of requests is known at the end' : '';
  }

  function showProgress() {
    var now = latest();
    element('progress').hidden = !run.plan;
    if (!run.plan) { return; }
    var planned = Math.round((end() - begin()) / 1000);
    var elapsed = now ? Math.max(0, Math.min(planned, Math.floor(since(now.at)))) : 0;
    element('elapsed').textContent = elapsed + ' of ' + planned + ' s';
    element('bar').max = planned;
    element('bar').value = elapsed;
    Array.prototype.forEach.call(element('phases').children, function (item, i) {
      var phase = run.plan.phases[i];
      if (!run.ended && now && now.at >= phase.from && now.at < phase.to) {
        item.setAttribute('aria-current', 'step');
      } else {
        item.removeAttribute('aria-current');
      }
    });
  }

  function showPlan() {
    var list = element('phases');
    list.replaceChildren();
    (run.plan ? run.plan.phases : []).forEach(function (phase) {
      var item = made(list, 'li');
      outside(item, phase.name);
      item.title = phase.name;
      item.style.flexGrow = String(Math.max(1, phase.to - phase.from));
    });
  }

  function showState() {
    var now = latest();
    var verdict = run.ended === null ? null : /^VERDICT: (PASS|FAIL|INCONCLUSIVE|INVALID)\b/.exec(run.ended);
    var heading = run.ended !== null ? 'Run ended' : now ? now.phase : 'Starting';
    if (element('phase').textContent !== heading) { element('phase').textContent = heading; }
    element('line').textContent = run.ended !== null ? 'run ended: ' + run.ended : run.line;
    element('banner').className = 'banner' + (run.ended === null ? '' : ' ' + (verdict ? verdict[1].toLowerCase() : 'invalid'));
    document.title = heading + (now && run.ended === null ? ' ' + element('elapsed').textContent : '') + ' – Plimsoll';
  }

  function showEvent(event) {
    element('quiet').hidden = true;
    var list = element('events');
    var item = document.createElement('li');
    item.className = event.bad ? 'bad' : '';
    var time = made(item, 'time', run.plan ? charts.clock(since(event.at), false) : new Date(event.at).toLocaleTimeString());
    time.dateTime = new Date(event.at).toISOString();
    made(item, 'span', event.lane, 'lane');
    outside(item, event.says);
    list.insertBefore(item, list.firstChild);
    if (list.children.length > MOST_EVENTS) { list.removeChild(list.lastChild); }
  }

  function showEvents() {
    element('events').replaceChildren();
    element('quiet').hidden = false;
    run.events.forEach(showEvent);
  }

  function showRequests() {
    element('requests').hidden = run.requests.length === 0;
    var rows = element('rows');
    rows.replaceChildren();
    run.requests.forEach(function (request) {
      var row = made(rows, 'tr');
      var head = made(row, 'th');
      head.scope = 'row';
      outside(head, request.name);
      made(row, 'td', told(request.served, ' /s'), 'number');
      made(row, 'td', told(request.p95, ' ms'), 'number');
      made(row, 'td', told(request.errors, ' %'), 'number');
    });
  }

  /* Charts. */
  function figureOf(chart) {
    var figure = made(element('charts'), 'figure', undefined, 'chart');
    figure.id = 'chart-' + chart.id;
    var title = made(made(figure, 'figcaption'), 'h3', chart.title + (chart.unit ? ' ' : ''));
    if (chart.unit) { made(title, 'span', chart.unit, 'unit'); }
    var body = made(figure, 'div', undefined, 'body');
    chart.plot = made(body, 'div', undefined, 'plot');
    chart.plot.dataset.chart = chart.id;
    chart.plot.setAttribute('role', 'img');
    chart.plot.setAttribute('aria-label', chart.title + ' over time; the table below has its latest and highest values.');
    chart.table = made(body, 'table', undefined, 'legend');
    legend(chart);
    chart.drawing = echarts.init(chart.plot, null, { renderer: 'canvas' });
    new ResizeObserver(function () { chart.drawing.resize(); }).observe(chart.plot);
  }

  function legend(chart) {
    chart.table.replaceChildren();
    var head = made(made(chart.table, 'thead'), 'tr');
    ['Line', 'Now', 'Highest'].forEach(function (name, i) {
      made(head, 'th', name, i > 0 ? 'number' : '').scope = 'col';
    });
    var body = made(chart.table, 'tbody');
    chart.lines.forEach(function (line) {
      var row = made(body, 'tr');
      var name = made(row, 'th');
      name.scope = 'row';
      var toggle = made(name, 'button');
      toggle.type = 'button';
      toggle.title = 'Show or hide this line';
      toggle.setAttribute('aria-pressed', String(!line.hidden));
      toggle.appendChild(swatch(line));
      outside(toggle, line.name);
      toggle.addEventListener('click', function () {
        line.hidden = !line.hidden;
        toggle.setAttribute('aria-pressed', String(!line.hidden));
        draw(chart);
      });
      line.now = made(row, 'td', '–', 'number');
      line.highest = made(row, 'td', '–', 'number');
    });
  }

  function swatch(line) {
    var svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('class', 'swatch ' + line.colour + (line.dashed ? ' dashed' : ''));
    svg.setAttribute('viewBox', '0 0 22 6');
    svg.setAttribute('aria-hidden', 'true');
    var path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', 'M0 3H22');
    svg.appendChild(path);
    return svg;
  }

  function tip(items) {
    var box = document.createElement('div');
    box.className = 'tip';
    made(box, 'b', charts.clock(items[0].value[0], false));
    items.filter(function (item) { return item.value[1] !== null; }).forEach(function (item) {
      made(box, 'br');
      outside(box, item.seriesName + '  ' + charts.figure(item.value[1]));
    });
    return box;
  }

  function marks() {
    var areas = run.plan.phases.map(function (phase, i) {
      return [{ xAxis: since(phase.from), itemStyle: { color: i % 2 ? 'transparent' : charts.colour('phase') } }, { xAxis: since(phase.to) }];
    });
    var lines = run.events.filter(function (event) { return event.lane !== 'health'; }).map(function (event) {
      return { xAxis: since(event.at), lineStyle: { color: charts.colour(event.bad ? 'fail' : 'soft'), opacity: 0.6, width: 1, type: [3, 3] } };
    });
    return { id: '~marks', type: 'line', data: [], silent: true, animation: false,
      markArea: { silent: true, animation: false, data: areas },
      markLine: { silent: true, animation: false, symbol: 'none', label: { show: false }, data: lines } };
  }

  function drawn(chart, line) {
    return { id: line.name, name: line.name, type: 'line', symbol: 'none', silent: true, animation: false, connectNulls: false,
      step: chart.level ? 'end' : false, sampling: chart.level ? undefined : 'max',
      data: line.hidden ? [] : run.seconds.map(function (second) { return [since(second.at), line.of(second)]; }),
      lineStyle: { color: charts.colour(line.colour), width: 1.7, type: line.dashed ? [6, 4] : 'solid' } };
  }

  function option(chart) {
    var trimmed = run.seconds.length >= MOST_SECONDS;
    var last = latest();
    return { animation: false, grid: { left: 52, right: 14, top: 10, bottom: 24 },
      xAxis: { type: 'value', min: trimmed ? since(run.seconds[0].at) : 0, max: Math.max(since(end()), last ? since(last.at) : 0),
        axisLine: { lineStyle: { color: charts.colour('rule') } }, axisTick: { show: false },
        axisLabel: { color: charts.colour('soft'), fontSize: 11, showMaxLabel: false, hideOverlap: true,
          formatter: function (value) { return charts.clock(value, false); } },
        splitLine: { lineStyle: { color: charts.colour('grid') } } },
      yAxis: { type: 'value', min: 0, minInterval: chart.level ? 1 : undefined, splitNumber: 4, axisLine: { show: false }, axisTick: { show: false },
        splitLine: { lineStyle: { color: charts.colour('grid') } },
        axisLabel: { color: charts.colour('soft'), fontSize: 11, formatter: charts.figure } },
      tooltip: { trigger: 'axis', confine: true, formatter: tip, transitionDuration: 0, backgroundColor: charts.colour('paper'),
        borderColor: charts.colour('rule'), textStyle: { color: charts.colour('ink') } },
      series: [marks()].concat(chart.lines.map(function (line) { return drawn(chart, line); })) };
  }

  function draw(chart) {
    if (!run.plan || document.hidden) { return; }
    chart.drawing.setOption(option(chart), { replaceMerge: ['series'] });
    var unit = chart.unit === 'requests/s' ? ' /s' : chart.unit ? ' ' + chart.unit : '';
    chart.lines.forEach(function (line) {
      var values = run.seconds.map(line.of).filter(function (value) { return value !== null; });
      var highest = values.reduce(function (most, value) { return Math.max(most, value); }, -Infinity);
      line.now.textContent = told(latest() ? line.of(latest()) : null, unit);
      line.highest.textContent = told(values.length > 0 ? highest : null, unit);
    });
  }

  function drawAll() {
    views.forEach(draw);
  }

  function showSecond() {
    showNumbers();
    showProgress();
    showState();
    showRequests();
    drawAll();
  }

  /* The stream. */
  var failures = 0;
  var stream = new EventSource('/stream');

  function on(name, action) {
    stream.addEventListener(name, function (message) {
      failures = 0;
      element('lost').hidden = true;
      action(JSON.parse(message.data));
    });
  }

  function lost(text) {
    element('lost').textContent = text;
    element('lost').hidden = false;
  }

  function finish(how) {
    run.ended = how;
    stream.close();
    showProgress();
    showState();
  }

  on('all', function (all) {
    run = empty();
    run.plan = all.plan || null;
    run.seconds = all.seconds;
    run.events = all.events;
    run.requests = all.requests;
    run.line = all.line;
    run.seconds.forEach(meet);
    showPlan();
    showEvents();
    showSecond();
    if (typeof all.ended === 'string') { finish(all.ended); }
  });
  on('says', function (said) {
    run.line = said.line;
    showState();
  });
  on('plan', function (plan) {
    var first = run.plan === null;
    run.plan = plan;
    showPlan();
    if (first) { showEvents(); }
  });
  on('second', function (second) {
    run.requests = second.requests;
    run.seconds.push(second);
    if (run.seconds.length > MOST_SECONDS) { run.seconds.shift(); }
    meet(second);
    showSecond();
  });
  on('happened', function (event) {
    run.events.push(event);
    if (run.events.length > MOST_EVENTS) { run.events.shift(); }
    showEvent(event);
    drawAll();
  });
  on('ended', function (told) { finish(told.how); });
  stream.onerror = function () {
    failures++;
    if (stream.readyState === EventSource.CLOSED) {
      lost('The run does not answer this page: it has ended, or too many pages are open. Reload to try again; what was last seen stays.');
    } else if (failures >= PATIENCE) {
      stream.close();
      lost('The run cannot be reached any more: its process has ended. What was last seen stays.');
    } else {
      lost('The connection is lost; trying again. What was last seen stays.');
    }
  };

  views.forEach(figureOf);
  darkness.addEventListener('change', drawAll);
  document.addEventListener('visibilitychange', drawAll);
}());
