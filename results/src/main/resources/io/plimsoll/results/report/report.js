/* The report's charts: one time axis, one zoom, one moment. Every text goes in as text, never as markup. */
(function () {
  'use strict';
  var data = JSON.parse(document.getElementById('data').textContent);
  var root = document.documentElement;
  var darkness = window.matchMedia('(prefers-color-scheme: dark)');
  var whole = { from: data.start, to: data.end };
  var range = { from: data.start, to: data.end };
  var LANES = ['health', 'scaling', 'alarm', 'disturbance', 'plan'];
  data.marks.forEach(function (mark) { if (LANES.indexOf(mark.lane) < 0) { LANES.unshift(mark.lane); } });
  document.querySelector('.plot.lane').style.height = (70 + 16 * LANES.length) + 'px';
  var STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400];
  var views = [];
  var colour = charts.colour;
  var clock = charts.clock;
  var figure = charts.figure;

  function pairs(flat) {
    var points = [];
    for (var i = 0; i < flat.length; i += 2) {
      points.push([flat[i], flat[i + 1]]);
    }
    return points;
  }

  function interval() {
    var room = (views[0] ? views[0].plot.clientWidth : 700) / 75;
    return STEPS.find(function (step) { return (range.to - range.from) / step <= room; }) || 86400;
  }

  function timeAxis(labels) {
    return {
      type: 'value', min: data.start, max: data.end, minInterval: interval(), maxInterval: interval(),
      axisLine: { lineStyle: { color: colour('rule') } }, axisTick: { show: false },
      axisLabel: { show: labels, color: colour('soft'), fontSize: 11, showMinLabel: false, showMaxLabel: false,
        formatter: function (value) { return clock(value, false); } },
      splitLine: { lineStyle: { color: colour('grid') } }
    };
  }

  function dash(style) {
    return /dashed/.test(style) ? [6, 4] : /dotted/.test(style) ? [2, 3] : 'solid';
  }

  function drawn(line, hidden) {
    if (line.style === 'points') {
      return { id: line.name, name: line.name, type: 'scatter', symbolSize: 7, silent: true, animation: false,
        data: hidden ? [] : pairs(line.points), itemStyle: { color: colour('c' + line.colour) } };
    }
    return {
      id: line.name, name: line.name, type: 'line', data: hidden ? [] : pairs(line.points), symbol: 'none', silent: true,
      connectNulls: false, step: /^step/.test(line.style) ? 'end' : false, animation: false,
      lineStyle: { color: colour('c' + line.colour), width: /dotted/.test(line.style) ? 1.4 : 1.7, type: dash(line.style) }
    };
  }

  /* A line with a single point between gaps has no length: show it as a dot. */
  function lonely(line) {
    var points = pairs(line.points);
    return points.filter(function (point, i) {
      return point[1] !== null && (i === 0 || points[i - 1][1] === null)
        && (i === points.length - 1 || points[i + 1][1] === null);
    });
  }

  function shading(labels, bands) {
    var width = views[0] ? views[0].plot.clientWidth : 700;
    var areas = data.phases.map(function (phase, i) {
      var room = width * (Math.min(phase.to, range.to) - Math.max(phase.from, range.from)) / (range.to - range.from);
      return [{ name: phase.name, xAxis: phase.from, itemStyle: { color: i % 2 ? 'transparent' : colour('phase') },
        label: { show: labels && room > 7 * phase.name.length + 4, position: 'insideTop', distance: 2,
          color: colour('soft'), fontSize: 11, formatter: function () { return phase.name; } } }, { xAxis: phase.to }];
    });
    (bands || []).forEach(function (band) {
      areas.push([{ xAxis: band.from, itemStyle: { color: colour('trouble') }, label: { show: false } }, { xAxis: band.to }]);
    });
    var lines = data.marks.filter(function (mark) { return mark.lane !== 'health'; }).map(function (mark) {
      return { xAxis: mark.at, lineStyle: { color: colour(mark.bad ? 'fail' : 'soft'), opacity: 0.55, width: 1,
        type: mark.lane === 'plan' ? 'solid' : [3, 3] } };
    });
    return { id: '~phases', type: 'line', data: [], silent: true, animation: false,
      markArea: { silent: true, animation: false, data: areas },
      markLine: { silent: true, animation: false, symbol: 'none', label: { show: false }, data: lines } };
  }

  /* A cell a rectangle: the fuller, the darker, by the logarithm of its responses. */
  function heatChart() {
    var heat = data.heat;
    var cells = [];
    for (var i = 0; i < heat.cells.length; i += 3) {
      cells.push([heat.starts[heat.cells[i]], heat.edges[heat.cells[i + 1]], heat.edges[heat.cells[i + 1] + 1], heat.cells[i + 2]]);
    }
    var least = 0.7;
    var fill = colour('c0');
    var fullest = Math.log(heat.most + 1);
    return { animation: false, grid: grid(24), xAxis: timeAxis(true), dataZoom: zoomOf(false),
      yAxis: { type: 'log', min: least, max: Math.max(10, heat.edges[heat.edges.length - 1]), axisLine: { show: false }, axisTick: { show: false },
        splitLine: { lineStyle: { color: colour('grid') } }, axisLabel: { color: colour('soft'), fontSize: 11, showMinLabel: false, showMaxLabel: false, formatter: figure } },
      series: [{ id: '~heat', type: 'custom', data: cells, silent: true, animation: false, clip: true, encode: { x: 0, y: [1, 2] },
        renderItem: function (params, api) {
          var low = Math.max(least, api.value(1));
          var a = api.coord([api.value(0), low]);
          var b = api.coord([api.value(0) + heat.columnSeconds, api.value(2)]);
          var area = params.coordSys;
          var shape = echarts.graphic.clipRectByRect({ x: a[0], y: b[1], width: Math.max(1, b[0] - a[0]), height: Math.max(1, a[1] - b[1] - 0.5) },
            { x: area.x, y: area.y, width: area.width, height: area.height });
          return shape && { type: 'rect', shape: shape,
            style: { fill: fill, opacity: 0.12 + 0.88 * Math.log(api.value(3) + 1) / fullest } };
        } }] };
  }

  function zoomOf(lane) {
    var inside = { type: 'inside', startValue: range.from, endValue: range.to, zoomOnMouseWheel: 'ctrl',
      moveOnMouseMove: false, moveOnMouseWheel: false, preventDefaultMouseMove: false, filterMode: 'none' };
    if (!lane) {
      return [inside];
    }
    return [inside, { type: 'slider', startValue: range.from, endValue: range.to, height: 18, bottom: 4,
      filterMode: 'none', showDataShadow: false, brushSelect: false, borderColor: colour('rule'),
      fillerColor: colour('select'), handleStyle: { borderColor: colour('soft'), color: colour('paper') },
      moveHandleSize: 0, textStyle: { color: colour('soft'), fontSize: 11 },
      labelFormatter: function (value) { return clock(value, false); } }];
  }

  function seriesChart(view) {
    var chart = view.chart;
    var series = [shading(chart.id === 'rate', chart.bands)];
    chart.lines.forEach(function (line) {
      var hidden = view.hidden[line.name];
      series.push(drawn(line, hidden));
      series.push({ id: '~dots ' + line.name, type: 'scatter', symbolSize: 4, silent: true, animation: false,
        data: hidden ? [] : lonely(line), itemStyle: { color: colour('c' + line.colour) } });
    });
    return { animation: false, grid: grid(24), xAxis: timeAxis(true), yAxis: valueAxis(chart), dataZoom: zoomOf(false),
      series: series };
  }

  function grid(bottom) {
    return { left: 76, right: 14, top: 10, bottom: bottom };
  }

  function valueAxis(chart) {
    var levels = chart.lines.every(function (line) { return /^step/.test(line.style); });
    return { type: chart.logarithmic ? 'log' : 'value', min: chart.logarithmic ? undefined : 0,
      max: chart.id === 'cache' ? 100 : undefined, minInterval: levels ? 1 : undefined, splitNumber: 4,
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: colour('grid') } },
      axisLabel: { color: colour('soft'), fontSize: 11, formatter: figure } };
  }

  function tip(item) {
    var element = document.createElement('div');
    element.className = 'tip';
    element.dir = 'auto';
    element.textContent = clock(item.data.mark.at, true) + '  ' + item.data.mark.says;
    return element;
  }

  function eventChart() {
    var dots = data.marks.map(function (mark) {
      return { value: [mark.at, mark.lane], mark: mark, symbol: mark.bad ? 'diamond' : 'circle',
        symbolSize: mark.bad ? 11 : 8, itemStyle: { color: colour(mark.bad ? 'fail' : 'c0') } };
    });
    var bars = data.marks.filter(function (mark) { return mark.end !== undefined; }).map(function (mark, i) {
      return { id: '~bar ' + i, type: 'line', symbol: 'none', silent: true, animation: false, z: 1,
        data: [[mark.at, mark.lane], [mark.end, mark.lane]],
        lineStyle: { color: colour(mark.bad ? 'fail' : 'c0'), width: 4, opacity: 0.4 } };
    });
    return { animation: false, grid: grid(52), xAxis: timeAxis(true), dataZoom: zoomOf(true),
      yAxis: { type: 'category', data: LANES, axisLine: { show: false }, axisTick: { show: false },
        splitLine: { show: true, lineStyle: { color: colour('grid') } },
        axisLabel: { color: colour('soft'), fontSize: 11, interval: 0 } },
      tooltip: { trigger: 'item', confine: true, formatter: tip, backgroundColor: colour('paper'),
        borderColor: colour('rule'), textStyle: { color: colour('ink') } },
      series: [shading(false, []), { id: '~events', type: 'scatter', data: dots, animation: false, z: 3 }].concat(bars) };
  }

  function quantile(inverse) {
    return inverse <= 1 ? '0 %' : String(Number((100 * (1 - 1 / inverse)).toFixed(5))) + ' %';
  }

  function plotChart(view) {
    var furthest = Math.max.apply(null, view.chart.lines.map(function (line) {
      return line.points[line.points.length - 2];
    }));
    var quantiles = view.chart.quantiles;
    return { animation: false, grid: grid(28),
      xAxis: { type: quantiles ? 'log' : 'value', min: quantiles ? 1 : 0, max: quantiles ? Math.max(10, furthest) : undefined, axisTick: { show: false },
        axisLine: { lineStyle: { color: colour('rule') } }, splitLine: { lineStyle: { color: colour('grid') } },
        axisLabel: { color: colour('soft'), fontSize: 11, showMaxLabel: !quantiles, hideOverlap: true,
          formatter: quantiles ? quantile : figure } },
      yAxis: valueAxis(view.chart),
      series: view.chart.lines.map(function (line) { return drawn(line, view.hidden[line.name]); }) };
  }

  function option(view) {
    return view.kind === 'events' ? eventChart() : view.kind === 'heat' ? heatChart()
      : view.kind === 'plot' ? plotChart(view) : seriesChart(view);
  }

  function draw(view) {
    if (view.plot.clientWidth === 0) {
      return;
    }
    if (!view.drawing) {
      view.drawing = echarts.init(view.plot, null, { renderer: view.kind === 'heat' ? 'canvas' : 'svg' });
      listen(view);
    }
    view.drawing.setOption(option(view), { notMerge: true });
  }

  function drawAll() {
    views.forEach(draw);
    point();
  }

  function onAxis(view) {
    return view.drawing && view.kind !== 'plot';
  }

  /* Zoom: every chart on the axis shows the same range. */
  function zoom(from, to) {
    var least = Math.min(2, whole.to - whole.from);
    var width = Math.min(whole.to - whole.from, Math.max(least, to - from));
    var start = Math.max(whole.from, Math.min(whole.to - width, from));
    range = { from: start, to: start + width };
    drawAll();
  }

  function zoomed(view) {
    var state = view.drawing.getOption().dataZoom[0];
    if (Math.abs(state.startValue - range.from) < 0.01 && Math.abs(state.endValue - range.to) < 0.01) {
      return;
    }
    range = { from: state.startValue, to: state.endValue };
    views.filter(function (other) { return onAxis(other) && other !== view; }).forEach(draw);
    view.drawing.setOption({ xAxis: { minInterval: interval(), maxInterval: interval() } });
    point();
  }

  /* The moment: a line through every chart, and its values in every legend. */
  var moment = null;

  function at(line, seconds) {
    var points = line.points;
    var low = 0;
    var high = points.length / 2 - 1;
    while (low < high) {
      var middle = Math.ceil((low + high) / 2);
      if (points[2 * middle] <= seconds) { low = middle; } else { high = middle - 1; }
    }
    var value = points[2 * low + 1];
    if (points.length === 0 || points[2 * low] > seconds || value === null) {
      return null;
    }
    if (line.hold > 0) {
      return seconds - points[2 * low] <= line.hold ? value : null;
    }
    if (low === points.length / 2 - 1) {
      return seconds === points[2 * low] ? value : null;
    }
    var next = points[2 * low + 3];
    var length = points[2 * low + 2] - points[2 * low];
    return next === null || length === 0 ? value : value + (next - value) * (seconds - points[2 * low]) / length;
  }

  function point() {
    if (moment === null) {
      return;
    }
    input.value = String(moment);
    input.setAttribute('aria-valuetext', clock(moment, true) + ' since the start of the load');
    output.textContent = clock(moment, true);
    views.filter(onAxis).forEach(function (view) {
      var x = view.drawing.convertToPixel({ xAxisIndex: 0 }, moment);
      view.pointer.hidden = moment < range.from || moment > range.to;
      view.pointer.style.left = x + 'px';
      view.rows.forEach(function (row) {
        var value = at(row.line, moment);
        row.cell.textContent = value === null ? '–' : figure(value);
      });
    });
  }

  function listen(view) {
    view.drawing.on('datazoom', function () { zoomed(view); });
    new ResizeObserver(function () {
      view.drawing.resize();
      draw(view);
      point();
    }).observe(view.plot);
    if (view.kind === 'plot') {
      return;
    }
    view.pointer = overlay(view, 'pointer');
    var selection = overlay(view, 'selection');
    var from = null;
    var surface = view.drawing.getZr();
    function seconds(event) {
      return view.drawing.convertFromPixel({ xAxisIndex: 0 }, event.offsetX);
    }
    function inside(event) {
      return view.drawing.containPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY]);
    }
    surface.on('mousedown', function (event) {
      from = inside(event) && !event.event.touches ? event.offsetX : null;
    });
    surface.on('mousemove', function (event) {
      if (inside(event)) {
        moment = seconds(event);
        point();
      }
      selection.hidden = from === null || Math.abs(event.offsetX - from) < 5;
      selection.style.left = Math.min(from, event.offsetX) + 'px';
      selection.style.width = Math.abs(event.offsetX - from) + 'px';
    });
    surface.on('mouseup', function (event) {
      if (from !== null && Math.abs(event.offsetX - from) >= 5) {
        var start = view.drawing.convertFromPixel({ xAxisIndex: 0 }, from);
        zoom(Math.min(start, seconds(event)), Math.max(start, seconds(event)));
      }
      from = null;
      selection.hidden = true;
    });
    surface.on('globalout', function () {
      from = null;
      selection.hidden = true;
    });
    surface.on('dblclick', function () { zoom(whole.from, whole.to); });
  }

  function overlay(view, name) {
    var element = document.createElement('div');
    element.className = name;
    element.hidden = true;
    view.plot.appendChild(element);
    return element;
  }

  /* Controls. */
  var controls = document.querySelector('.controls');
  var input = controls.querySelector('input');
  var output = controls.querySelector('output');

  function button(label, action) {
    var element = document.createElement('button');
    element.type = 'button';
    element.textContent = label;
    element.addEventListener('click', action);
    controls.querySelector('.zoom').appendChild(element);
  }

  function scaled(factor) {
    var middle = (range.from + range.to) / 2;
    var half = (range.to - range.from) / 2 * factor;
    zoom(middle - half, middle + half);
  }

  button('whole run', function () { zoom(whole.from, whole.to); });
  data.phases.slice(0, 12).forEach(function (phase) {
    button(phase.name, function () { zoom(phase.from, phase.to); });
  });
  button('zoom in', function () { scaled(0.5); });
  button('zoom out', function () { scaled(2); });
  input.min = String(data.start);
  input.max = String(data.end);
  input.value = String(data.start);
  input.addEventListener('input', function () {
    moment = Number(input.value);
    point();
  });
  controls.hidden = false;

  function rows(plot, view) {
    var table = plot.parentElement.querySelector('table.legend');
    Array.prototype.forEach.call(table ? table.tBodies[0].rows : [], function (row, i) {
      var line = view.chart.lines[i];
      var toggle = row.querySelector('button');
      toggle.addEventListener('click', function () {
        view.hidden[line.name] = !view.hidden[line.name];
        toggle.setAttribute('aria-pressed', String(!view.hidden[line.name]));
        draw(view);
      });
      view.rows.push({ line: line, cell: row.querySelector('td.cursor') });
    });
  }

  document.querySelectorAll('[data-chart]').forEach(function (plot) {
    var id = plot.dataset.chart;
    function called(candidate) { return candidate.id === id; }
    var own = id === 'events' || id === 'heat';
    var plotted = data.plots.find(called);
    var chart = own ? null : plotted || data.charts.find(called);
    var kind = own ? id : plotted ? 'plot' : 'series';
    var view = { plot: plot, chart: chart, kind: kind, hidden: Object.create(null), rows: [], drawing: null, pointer: null };
    rows(plot, view);
    views.push(view);
  });
  drawAll();

  document.querySelectorAll('details.further').forEach(function (details) {
    details.addEventListener('toggle', drawAll);
  });
  darkness.addEventListener('change', drawAll);
  function redraw() {
    views.forEach(function (view) {
      if (view.drawing && view.plot.clientWidth > 0) { view.drawing.resize(); }
    });
    drawAll();
  }
  var opened = [];
  window.addEventListener('beforeprint', function () {
    root.setAttribute('data-print', '');
    opened = Array.prototype.filter.call(document.querySelectorAll('details.claim:not([open]), details.file:not([open])'), function (details) {
      details.open = true;
      return true;
    });
    redraw();
  });
  window.addEventListener('afterprint', function () {
    root.removeAttribute('data-print');
    opened.forEach(function (details) { details.open = false; });
    redraw();
  });
}());
