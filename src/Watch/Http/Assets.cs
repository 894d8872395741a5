using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RtpProxy.Watch.Http;

/// <summary>The files of the page, which are part of the program.</summary>
internal sealed class Assets
{
    private static readonly (string Path, string Name, string Type)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/watch.css", "watch.css", "text/css; charset=utf-8"),
        ("/main.js", "main.js", "text/javascript; charset=utf-8"),
        ("/text.js", "text.js", "text/javascript; charset=utf-8"),
        ("/nodes.js", "nodes.js", "text/javascript; charset=utf-8"),
        ("/list.js", "list.js", "text/javascript; charset=utf-8"),
        ("/call.js", "call.js", "text/javascript; charset=utf-8"),
        ("/plot.js", "plot.js", "text/javascript; charset=utf-8"),
        ("/icon.svg", "icon.svg", "image/svg+xml"),
        ("/login", "login.html", "text/html; charset=utf-8"),
        ("/login.js", "login.js", "text/javascript; charset=utf-8"),
    ];

    private readonly Dictionary<string, Asset> _byPath = Files.ToDictionary(file => file.Path, file => Load(file.Name, file.Type));

    /// <summary>What somebody sees who has to say the token first.</summary>
    public Asset Login => _byPath["/login"];

    /// <summary>The same for somebody who said a wrong one.</summary>
    public Asset LoginAgain { get; } = Load("login.html", "text/html; charset=utf-8", text => text.Replace(" hidden>", ">", StringComparison.Ordinal));

    public bool TryFind(string path, out Asset? asset) => _byPath.TryGetValue(path, out asset);

    public static async Task ServeAsync(HttpContext context, Asset asset)
    {
        context.Response.Headers.ETag = asset.Tag;
        context.Response.Headers.CacheControl = "no-cache"; // Asked for again, and answered 304, until the program is another one.
        if (context.Request.Headers.IfNoneMatch.Contains(asset.Tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await Responses.WriteAsync(context, StatusCodes.Status200OK, asset.Type, asset.Body);
    }

    private static Asset Load(string name, string type, Func<string, string>? change = null)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        byte[] body = new byte[stream.Length];
        stream.ReadExactly(body);
        body = change is null ? body : Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(body)));
        return new Asset(type, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"", body);
    }
}
