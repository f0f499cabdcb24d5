<?php
/**
 * Stands in for WordPress: its hooks, and a theme that prints one page.
 *
 * The environment names the plugin (PLUGIN), the page (PAGE), in which <wp-head> is where the theme lets others print,
 * and perhaps a file of the website's builder (BUILDER), the kind of answer (KIND) and whose page it is (PAGE_OF): that
 * of the theme, or `login`.
 */

define('ABSPATH', __DIR__ . '/');

$hooks = array();

function add_filter($name, $act, $priority = 10, $arguments = 1)
{
    global $hooks;
    $hooks[$name][$priority][] = array($act, $arguments);
}

function add_action($name, $act, $priority = 10, $arguments = 1)
{
    add_filter($name, $act, $priority, $arguments);
}

function apply_filters($name, $value, ...$more)
{
    global $hooks;
    $acts = $hooks[$name] ?? array();
    ksort($acts);
    foreach (array_merge(...array_values($acts)) as list($act, $arguments)) {
        $value = $act(...array_slice(array($value, ...$more), 0, $arguments));
    }
    return $value;
}

function do_action($name)
{
    apply_filters($name, null);
}

require getenv('PLUGIN');
if (getenv('BUILDER')) {
    require getenv('BUILDER');
}
add_action('wp_head', static function () {
    echo "<meta name=\"generator\" content=\"WordPress\">\n";
}, 0);
header('Content-Type: ' . (getenv('KIND') ?: 'text/html; charset=utf-8'));
$login = getenv('PAGE_OF') === 'login';
do_action($login ? 'login_init' : 'template_redirect');
list($before, $after) = explode('<wp-head>', file_get_contents(getenv('PAGE'))) + array('', null);
echo $before;
if ($after !== null) {
    do_action($login ? 'login_head' : 'wp_head');
    echo $after;
}
