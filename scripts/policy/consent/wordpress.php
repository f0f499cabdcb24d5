<?php
/**
 * Plugin Name: LEIZ Toestemming
 * Description: Wat toestemming vraagt, wacht tot een bezoeker die geeft. Wijzig dit bestand niet: het wordt gemaakt.
 *
 * Belongs in wp-content/mu-plugins/, for PHP 7.4 and WordPress 6.0, or newer.
 * Puts the consent module first in the head, and marks in the finished page what must wait: scripts, frames, images
 * and styles of hosts that a service with consent purposes declares. A finished page also holds what a theme or a
 * plugin prints without asking WordPress, which filters on separate parts never see.
 * The page is the same for every visitor, so it may be cached. Whatever goes wrong here, the page stays as it was.
 */

defined('ABSPATH') || exit;

if (!class_exists('Leiz_Toestemming')) {
    final class Leiz_Toestemming
    {
        /**
         * `website`: whose inventory this is.
         * `list`: the page that lists every service.
         * `services`: the services that wait for consent.
         * `hosts`: per kind of tag, by host, the services that declare it; `any` holds those of every kind, and `*.`
         * stands for any sub-domain.
         */
        private const FACTS = array(/* made from the inventory */);

        /** The address that a link in a menu or a text has, to become the link to the settings. */
        private const SETTINGS = '#cookie-instellingen';

        /** With what keeps Rocket Loader, LiteSpeed, Autoptimize, WP Rocket, Jetpack Boost and PageSpeed off it. */
        private const MODULE = '<script data-cfasync="false" data-no-optimize="1" data-no-defer="1" data-no-minify="1"'
            . ' data-noptimize="1" data-nowprocket data-jetpack-boost="ignore" data-pagespeed-no-defer'
            . ' src="/toestemming/consent.js" defer></script>' . "\n";

        /** Types that a browser runs; none at all is one of them. */
        private const RUNS = '~^(|module|(text|application)/(x-)?(java|ecma)script'
            . '|text/(jscript|livescript|javascript1\.\d))$~i';

        /** Parts of a script of WordPress that only hold its data. */
        private const DATA_ONLY = '~-js-(extra|translations)$~';

        /** How a browser reads what stands in an address, and what JSON does to a slash. */
        private const AS_READ = array('\\/' => '/', '\\' => '/', "\t" => '', "\n" => '', "\r" => '');

        /** Where loaders that postpone frames and images keep the address, and the classes they find them by. */
        private const POSTPONED = array('src', 'data-src', 'data-lazy-src', 'data-litespeed-src');
        private const POSTPONERS = array('lazyload', 'lazy', 'rocket-lazyload');

        /** What an image that waits loses: the module gives it one address only. */
        private const SETS = array('srcset', 'data-srcset', 'data-lazy-srcset');

        /** The attributes of a tag and its end, as a browser reads them. */
        private const ATTRIBUTE = '[\s/]*+([^\s/>][^\s/>=]*+)(\s*+=\s*+(?:"[^"]*+"|\'[^\']*+\'|[^\s>]*+))?+';
        private const REST = '(?=[\s/>])((?:' . self::ATTRIBUTE . ')*+)[\s/]*+>';

        /** A comment; an element whose content is no markup, or is marked already; any other start tag. */
        private const PIECE = '~<!--(?:[^-]++|-(?!->))*+(?:-->|$)'
            . '|<(?<whole>script|iframe|style|textarea|title|xmp|noembed|noframes'
            . '|template(?=[^>]*\sdata-service[\s=>]))(?<inner>' . self::REST . ')'
            . '(?<body>(?:[^<]++|<(?!/\k<whole>[\s/>]))*+)(?:</\k<whole>[^>]*+>)?+'
            . '|<(?<name>[a-z][^\s/>]*+)(?<rest>' . self::REST . ')~iD';

        public static function start()
        {
            foreach (array('wp_head', 'login_head') as $moment) {
                add_action($moment, array(self::class, 'head'), PHP_INT_MIN);
            }
            // The last buffer to start is the first to be read, so that optimisers get the page with its marks.
            foreach (array('template_redirect', 'login_init') as $moment) {
                add_action($moment, array(self::class, 'listen'), PHP_INT_MAX);
            }
        }

        public static function head()
        {
            echo self::MODULE;
        }

        public static function listen()
        {
            ob_start(array(self::class, 'page'));
        }

        /** A page with its marks; a feed, a file or a list of addresses as it is. */
        public static function page($text)
        {
            foreach (headers_list() as $header) {
                if (preg_match('~^content-type:(?!.*html)~i', $header)) {
                    return $text;
                }
            }
            try {
                return self::mark($text);
            } catch (Throwable $error) {
                return $text;
            }
        }

        /** Mark what must wait; what is marked already stays as it is. */
        public static function mark($html)
        {
            $waiting = array();
            preg_match_all('~<script' . self::REST . '~i', $html, $scripts);
            foreach ($scripts[1] as $text) {
                $tag = self::attributes($text);
                $handle = self::handle($tag);
                if ($handle !== '' && isset($tag['src'])) {
                    $waiting[$handle] = self::services('script', self::value($tag, 'src'), $handle);
                }
            }
            $mark = static function ($piece) use ($waiting) {
                return self::piece($piece, $waiting);
            };
            $marked = preg_replace_callback(self::PIECE, $mark, $html);
            return $marked === null ? $html : $marked;
        }

        private static function piece($piece, $waiting)
        {
            $name = strtolower($piece['name'] ?? $piece['whole'] ?? '');
            $rest = $piece['rest'] ?? $piece['inner'] ?? '';
            if (!in_array($name, array('script', 'iframe', 'img', 'link', 'a'), true)) {
                return $piece[0];
            }
            $tag = self::attributes($rest);
            if (isset($tag['data-service'])) {
                return $piece[0];
            }
            $end = substr($piece[0], strlen('<' . $name . $rest));
            if ($name === 'script') {
                return self::script($piece[0], $tag, $piece['body'], $end, $waiting);
            }
            if ($name === 'iframe' || $name === 'img') {
                return self::framed($piece[0], $name, $tag, $end);
            }
            return $name === 'link' ? self::linked($piece[0], $tag) : self::settings($piece[0], $tag);
        }

        private static function script($whole, $tag, $body, $end, $waiting)
        {
            $type = trim(self::value($tag, 'type'));
            if (!preg_match(self::RUNS, $type)) {
                return $whole;
            }
            $handle = self::handle($tag);
            $services = $waiting[$handle] ?? array();
            if (!$services && isset($tag['src'])) {
                $services = self::services('script', self::value($tag, 'src'), $handle);
            } elseif (!$services && !preg_match(self::DATA_ONLY, self::value($tag, 'id'))) {
                $services = self::services('inline', $body, $handle);
            }
            if (!$services) {
                return $whole;
            }
            $marks = array('type' => '="text/plain"', 'data-service' => self::quoted(array_shift($services)));
            if (strtolower($type) === 'module') {
                $marks['data-type'] = '="module"';
            }
            return self::inside($services, self::written('script', $marks + $tag) . $end);
        }

        private static function framed($whole, $name, $tag, $end)
        {
            foreach (self::POSTPONED as $key) {
                $services = self::services($name === 'img' ? 'image' : 'frame', self::value($tag, $key), '');
                if ($services) {
                    $marks = array('data-service' => self::quoted(array_shift($services)), 'data-src' => $tag[$key]);
                    if ($key !== 'src' && isset($tag['class'])) {
                        $classes = preg_split('~\s+~', self::value($tag, 'class'), -1, PREG_SPLIT_NO_EMPTY);
                        $marks['class'] = self::quoted(implode(' ', array_diff($classes, self::POSTPONERS)));
                    }
                    $kept = array_diff_key($tag, array_flip(self::POSTPONED), array_flip(self::SETS));
                    return self::inside($services, self::written($name, $marks + $kept) . $end);
                }
            }
            return $whole;
        }

        /** A style waits in a template, for a link cannot wait; what only fetches ahead goes. */
        private static function linked($whole, $tag)
        {
            $words = preg_split('~\s+~', strtolower(self::value($tag, 'rel')));
            $ahead = array('preload', 'modulepreload', 'prefetch', 'prerender', 'preconnect', 'dns-prefetch');
            $style = in_array('stylesheet', $words, true) || strtolower(self::value($tag, 'as')) === 'style';
            if (!$style && !array_intersect($words, $ahead)) {
                return $whole;
            }
            $services = self::services('link', self::value($tag, 'href'), '');
            return $services && !$style ? '' : self::inside($services, $whole);
        }

        private static function settings($whole, $tag)
        {
            if (substr(self::value($tag, 'href'), -strlen(self::SETTINGS)) !== self::SETTINGS) {
                return $whole;
            }
            $marks = array('href' => self::quoted(self::FACTS['list']), 'data-consent-settings' => '');
            return self::written('a', $marks + $tag);
        }

        /**
         * The services that a tag waits for: all that declare its host, as the host does not tell which of them it is.
         * The filter `leiz_toestemming_services` may know better: it gets what was found, the kind of tag, its
         * address (of kind `inline` the script itself) and the name under which WordPress knows a script.
         */
        private static function services($kind, $address, $handle)
        {
            $found = in_array($handle, self::FACTS['services'], true) ? array($handle) : array();
            $inline = $kind === 'inline';
            $named = $inline ? '~//()([a-z0-9.-]+)~i' : '~^\s*(https?:)?//(?:[^/?#]*@)?([^/?#:]+)~i';
            preg_match_all($named, strtr($address, self::AS_READ), $hosts);
            foreach ($hosts[2] as $host) {
                $declared = self::declared($host, $inline ? 'script' : $kind);
                $found = array_merge($found, $declared || $inline ? $declared : self::declared($host, 'any'));
            }
            $found = array_values(array_unique($found));
            return array_values(apply_filters('leiz_toestemming_services', $found, $kind, $address, $handle));
        }

        private static function declared($host, $kind)
        {
            $hosts = self::FACTS['hosts'][$kind] ?? array();
            $host = rtrim(strtolower($host), '.');
            $found = $hosts[$host] ?? array();
            while (($dot = strpos($host, '.')) !== false) {
                $host = substr($host, $dot + 1);
                $found = array_merge($found, $hosts['*.' . $host] ?? array());
            }
            return $found;
        }

        /** The name under which WordPress knows a script, from the `id` that it prints; inline parts have the same. */
        private static function handle($tag)
        {
            $written = '~^(.+)-js(-(extra|translations|before|after|module))?$~';
            return preg_match($written, self::value($tag, 'id'), $parts) ? $parts[1] : '';
        }

        /** Attributes by name, as they are written, with `=` and quotes. Of two with one name the first counts. */
        private static function attributes($text)
        {
            preg_match_all('~' . self::ATTRIBUTE . '~', rtrim($text, "> \t\n\r\f"), $found, PREG_SET_ORDER);
            $tag = array();
            foreach ($found as $one) {
                $tag += array(strtolower($one[1]) => isset($one[2]) ? trim($one[2]) : '');
            }
            return $tag;
        }

        private static function value($tag, $key)
        {
            $written = ltrim($tag[$key] ?? '', "= \t\n\r\f");
            $quote = substr($written, 0, 1);
            $bare = $quote === '"' || $quote === "'" ? substr($written, 1, -1) : $written;
            return html_entity_decode($bare, ENT_QUOTES | ENT_HTML5, 'UTF-8');
        }

        private static function quoted($text)
        {
            return '="' . htmlspecialchars($text, ENT_QUOTES, 'UTF-8') . '"';
        }

        private static function written($name, $tag)
        {
            foreach ($tag as $key => $value) {
                $name .= ' ' . $key . $value;
            }
            return '<' . $name . '>';
        }

        /** Inside a template for each of these services, so that it waits for all. */
        private static function inside($services, $html)
        {
            foreach ($services as $service) {
                $html = '<template data-service' . self::quoted($service) . '>' . $html . '</template>';
            }
            return $html;
        }
    }

    Leiz_Toestemming::start();
}
