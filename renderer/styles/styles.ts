import 'bootstrap-italia/dist/css/bootstrap-italia.min.css';
import './travaso.css';
