import './grid/styles.js';
import './main.css';
import { createSpreadsheet } from './grid/univer.js';
window.api = createSpreadsheet('grid');
window.api.createWorkbook({id:'a',name:'A',sheetOrder:['s'],sheets:{s:{id:'s',name:'S',cellData:{0:{0:{v:'Hi'},1:{f:'=1+1',v:5,t:2},2:{v:'a\nb\nc',t:1}, 3:{v:1,t:3}}}}}});
