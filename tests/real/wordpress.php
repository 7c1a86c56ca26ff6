<?php
// Acts on the WordPress beside it: `php act.php install HOST DAYS COUNT`, `edit ID`, `trash ID`,
// `noindex`, `index`. Prints one line of JSON. Everything it writes is invented.
$folder = getenv('WORDPRESS_FOLDER');
$act = $argv[1];
if ($act === 'install') {
    define('WP_INSTALLING', true);
}
$_SERVER['HTTP_HOST'] = getenv('WORDPRESS_HOST');
$_SERVER['REQUEST_METHOD'] = 'GET';
function wp_mail() { return true; }
function wp_new_blog_notification() {}
require $folder . '/wp-load.php';
require_once $folder . '/wp-admin/includes/upgrade.php';

function install(int $count): array {
    wp_install('Gazette du Val', 'redaction', 'redaction@gazette.example', true, '', 'secret');
    update_option('blogdescription', 'Les nouvelles de Montréval et du Val de Saône');
    update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
    update_option('posts_per_rss', 10);
    update_option('WPLANG', '');
    switch_theme('twentytwentythree');
    global $wp_rewrite;
    $wp_rewrite->init();
    $wp_rewrite->flush_rules(false);
    foreach (get_posts(['numberposts' => -1, 'post_type' => ['post', 'page']]) as $post) {
        wp_delete_post($post->ID, true);
    }
    $named = 0;
    for ($n = 0; $n < $count; $n++) {
        $is_named = $n % 4 !== 3;
        $named += $is_named ? 1 : 0;
        $place = $is_named ? 'Montréval' : 'Saint-Aubin';
        $when = gmdate('Y-m-d H:i:s', time() - 1800 - $n * 12 * 3600);
        post("Le marché du {$n}e samedi", "<p>À $place, les « halles » &amp; le quai.</p>\n"
            . "<p>Voir <a href=\"https://halles.example/$n\">les halles</a>.</p>", $when, 'publish');
    }
    post('Demain', '<p>Demain à Montréval.</p>', gmdate('Y-m-d H:i:s', time() + 86400), 'future');
    post('Brouillon', '<p>Pour Montréval.</p>', gmdate('Y-m-d H:i:s', time() - 900), 'private');
    return ['posts' => $count, 'named' => $named, 'version' => get_bloginfo('version')];
}

function post(string $title, string $content, string $when, string $status): int {
    return wp_insert_post([
        'post_title' => $title, 'post_content' => $content, 'post_status' => $status,
        'post_date' => $when, 'post_date_gmt' => $when, 'tags_input' => ['marché', 'vie locale'],
        'post_author' => 1,
    ], true);
}

function by_title(string $title): int {
    global $wpdb;
    return (int) $wpdb->get_var($wpdb->prepare(
        "select ID from $wpdb->posts where post_title = %s and post_status = 'publish'", $title));
}

$done = [];
if ($act === 'install') {
    $done = install((int) $argv[2]);
} elseif ($act === 'edit') {
    $done = ['id' => wp_update_post(['ID' => by_title($argv[2]), 'post_content' =>
        '<p>À Montréval, corrigé.</p>'])];
} elseif ($act === 'trash') {
    $done = ['id' => wp_trash_post(by_title($argv[2]))->ID];
} elseif ($act === 'noindex') {
    update_option('blog_public', '0');
}
echo json_encode($done), "\n";
