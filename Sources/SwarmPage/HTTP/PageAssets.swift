/// The files of the page, which the binary holds.
package enum PageAssets {
    /// - Parameter path: as the browser asks for it.
    /// - Returns: nil where there is no such file.
    package static func response(_ path: String) -> PageResponse? {
        switch path {
        case "/": PageResponse(200, type: "text/html; charset=utf-8", PackageResources.index_html)
        case "/page.css": PageResponse(200, type: "text/css; charset=utf-8", PackageResources.page_css)
        case "/page.js": script(PackageResources.page_js)
        case "/palette.js": script(PackageResources.palette_js)
        case "/map.js": script(PackageResources.map_js)
        case "/charts.js": script(PackageResources.charts_js)
        case "/links.js": script(PackageResources.links_js)
        case "/table.js": script(PackageResources.table_js)
        case "/icon.svg": PageResponse(200, type: "image/svg+xml", PackageResources.icon_svg)
        default: nil
        }
    }

    private static func script(_ bytes: [UInt8]) -> PageResponse {
        PageResponse(200, type: "text/javascript; charset=utf-8", bytes)
    }
}
