/** One neutral scale and four meanings, each in two schemes; every pair of text and ground reaches 4.5:1 (test/browser measures it). */
const colours = `
:root{color-scheme:light dark;--ground:#fff;--raised:#f6f5f2;--ink:#1b1b19;--quiet:#5e5c56;--line:#dddad3;--edge:#8f8b82;--link:#1a4f8f;--stop:#a4161a;--check:#7a4a00;--go:#1c6636}
@media (prefers-color-scheme:dark){:root{--ground:#171716;--raised:#21211f;--ink:#e9e7e2;--quiet:#a9a69e;--line:#3b3a37;--edge:#77746d;--link:#9fc5f5;--stop:#ff9d95;--check:#e8b75f;--go:#86d19b}}`;

const frame = `
*{box-sizing:border-box}
html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);overflow-wrap:anywhere}
.page{max-width:64rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h1,h2,h3,h4,p,ul,ol,dl,dd,table{margin:0;padding:0}
ul{list-style:none}
h1{font-size:clamp(2rem,1.4rem + 3vw,3.25rem);line-height:1.1;letter-spacing:-.02em;font-weight:650;margin:.25rem 0 .75rem}
h2{font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;font-weight:650}
h3{font-size:1rem;font-weight:600;line-height:1.4}
h4{font-size:.8125rem;font-weight:600;color:var(--quiet);margin:1.25rem 0 .375rem}
section{margin-top:3.5rem}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.18em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,bdi{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em}
button,select,input{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--edge);border-radius:3px;padding:0 .55rem;height:2.125rem;width:100%;min-width:0}
button{cursor:pointer;width:auto}
button:hover{background:var(--raised)}
[hidden]{display:none!important}
.skip{position:absolute;left:-100vw}
.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.25rem .5rem}
.quiet,.intro,.over,.at,.count,.why{color:var(--quiet)}
.over{font-size:.9375rem}
.intro{max-width:44rem;margin-top:.375rem}
.lead{font-size:1.1875rem;line-height:1.5;max-width:44rem}
h1.stop,.error .mark,.closed,.alarm,.risk.security,.status.refused,.fit.lost{color:var(--stop)}
h1.check,.warning .mark,.risk.availability,.status.partial,.fit.approximate{color:var(--check)}
h1.go,.fit.exact,.status.converted{color:var(--go)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1rem 1.5rem;margin-top:2rem;padding-top:1.25rem;border-top:1px solid var(--line)}
.figures dt{font-size:.875rem}
.figures b{display:block;font-size:2rem;line-height:1.2;font-weight:600;font-variant-numeric:tabular-nums}
.figures span{font-size:.8125rem;color:var(--quiet)}
.facts{margin-top:1.25rem;font-size:.9375rem}
.facts div{display:grid;grid-template-columns:7rem 1fr;gap:0 1rem}
.facts dt{color:var(--quiet)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin-top:1.75rem;padding:.625rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line);font-size:.9375rem}
footer{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--quiet)}`;

const findings = `
.decision{padding:1.25rem 0 1.125rem;border-bottom:1px solid var(--line)}
.decision>header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem}
.decision h3{font-weight:500;font-size:.9375rem}
.decision.error h3{color:var(--stop)}
.decision.warning h3{color:var(--check)}
.decision .count{font-size:.875rem;font-variant-numeric:tabular-nums}
.what,.do,.why{max-width:46rem;margin-top:.375rem}
.what{font-size:1.0625rem;line-height:1.45;font-weight:550}
.eg{font-weight:400;color:var(--quiet)}
.do b{font-size:.8125rem;margin-right:.375rem}
.places{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21rem),1fr));gap:.125rem 1.5rem;margin-top:.625rem;font-size:.875rem}
.at{font-size:.8125rem}
summary{cursor:pointer}
.more>summary,.fold>summary{font-size:.875rem;color:var(--link);margin-top:.625rem;width:fit-content}
.fold>summary{font-size:1rem}`;

const filters = `
#filters{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin-top:1.75rem;padding:.75rem 0;position:sticky;top:0;background:var(--ground);border-bottom:1px solid var(--line);z-index:1;font-size:.9375rem}
#filters div{flex:1 1 10rem;min-width:0}
#filters .act{flex:none}
#filters label{display:block;font-size:.8125rem;color:var(--quiet);margin-bottom:.125rem}
#f-count{flex:1 0 100%;font-size:.875rem;font-variant-numeric:tabular-nums}
.filtered{scroll-padding-top:9rem}
@media (max-width:40rem){#filters{position:static}#filters div{flex-basis:8rem}}
@media (max-height:36rem){#filters{position:static}}`;

const ingresses = `
.ingresses article{border-bottom:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 2.75rem}
.ingresses h2{margin-bottom:.5rem}
.fold-all,.none{margin:.5rem 0 1rem}
.ingresses summary{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,5fr) 13rem;gap:0 1rem;align-items:baseline;padding:.5rem 0 .5rem 1.25rem;position:relative;list-style:none}
.ingresses summary::-webkit-details-marker{display:none}
.ingresses summary::before{content:"";position:absolute;left:.125rem;top:1.05rem;border:solid var(--edge);border-width:0 1.5px 1.5px 0;width:.4375rem;height:.4375rem;transform:rotate(-45deg)}
.ingresses [open]>summary::before{transform:rotate(45deg)}
.ingresses summary:hover{background:var(--raised)}
.ingresses h3{font-weight:500}
.hosts{font-size:.875rem;color:var(--quiet)}
.state{font-size:.875rem;display:flex;gap:.125rem 1rem;flex-wrap:wrap}
.body{padding:0 0 1.5rem 1.25rem;scroll-margin-top:12rem;font-size:.9375rem}
.body .quiet{font-size:.875rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{text-align:left;vertical-align:top;padding:.375rem 1rem .375rem 0;border-bottom:1px solid var(--line);font-weight:400}
thead th{font-size:.8125rem;font-weight:600;color:var(--quiet)}
caption{text-align:left;font-weight:600;padding:1.25rem 0 .25rem}
.ba{table-layout:fixed;margin-top:1rem}
.ba li+li{margin-top:.625rem}
.diff li{display:grid;grid-template-columns:3.75rem 1fr;gap:0 .75rem;padding:.3125rem 0;max-width:50rem}
.diff .mark{font-size:.8125rem;line-height:1.8;color:var(--quiet)}
.diff .error .mark{color:var(--stop)}
.diff .warning .mark{color:var(--check)}
.diff em{font-style:normal;color:var(--quiet)}
.diff a,.diff .at{font-size:.875rem}
.outcomes div{display:grid;grid-template-columns:7rem 1fr;gap:0 1rem;padding:.25rem 0}
.outcomes dt{color:var(--quiet)}
.num{text-align:right;padding-right:0;font-variant-numeric:tabular-nums;white-space:nowrap}
.matrix th[scope=row]{width:30%}
.matrix .fit{width:5rem}
.links td:first-child{width:28%}`;

const picture = `
.picture{overflow-x:auto;margin-top:1.25rem}
svg{display:block;width:100%;min-width:46rem;height:auto}
svg text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;fill:var(--ink)}
svg .col text{font:600 13px system-ui,sans-serif;fill:var(--quiet)}
svg .frame{font-weight:600}
svg tspan.quiet{fill:var(--quiet)}
svg tspan.alarm{fill:var(--stop)}
svg rect{fill:none;stroke:var(--edge)}
svg path{fill:none;stroke:var(--edge)}`;

const narrow = `
@media (max-width:40rem){
.page{padding:1.5rem 1rem 3rem}
.ingresses summary{grid-template-columns:1fr}
.facts div,.outcomes div{grid-template-columns:1fr}
.figures{grid-template-columns:1fr 1fr}
.ba,.ba tbody,.ba tr,.ba td{display:block}
.ba thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.body{scroll-margin-top:6rem}
.ba td{border:0;padding:.25rem 0}
.ba tr{border-bottom:1px solid var(--line);padding:.375rem 0}
.ba td+td::before{content:"After";display:block;font-size:.8125rem;color:var(--quiet)}
.ba td:first-child::before{content:"Before";display:block;font-size:.8125rem;color:var(--quiet)}
.matrix th[scope=row]{width:32%}
.matrix .fit{width:3.5rem}
th,td{padding-right:.5rem}
.diff li{grid-template-columns:1fr}}`;

const print = `
@media print{
:root{--ground:#fff;--raised:#fff;--ink:#000;--quiet:#444;--line:#bbb;--edge:#777;--link:#000;--stop:#8c0f13;--check:#6a4000;--go:#14512a}
html{font-size:10pt}
.page{max-width:none;padding:0}
nav,.skip,#filters,.fold-all,.picture:focus{outline:0}
nav,.skip,#filters,.fold-all,.more>summary,.fold>summary{display:none!important}
details::details-content{content-visibility:visible;display:block;height:auto}
.ingresses article,.decision{content-visibility:visible;break-inside:auto}
.decision{break-inside:avoid}
h2,h3,summary,thead{break-after:avoid}
li,tr{break-inside:avoid}
section{margin-top:1.75rem}
.ingresses summary::before{display:none}
.ingresses summary,.body{padding-left:0}
a{text-decoration:none}
.picture{overflow:visible;break-inside:avoid}
svg{min-width:0}}`;

/** The whole style sheet. No fonts, no images, nothing from elsewhere. */
export const style = [colours, frame, findings, filters, ingresses, picture, narrow, print].join('').trim();
