<?php
// Installs WordPress with one person, and the plugin.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('HOST'), PHP_URL_HOST);
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
wp_install('Shop', 'ada', 'ada@shop.example', true, '', getenv('WORDPRESS_PASSWORD'));
update_option('permalink_structure', '/%postname%/');
update_option('active_plugins', ['parley/parley.php']);
echo get_option('siteurl'), "\n";
