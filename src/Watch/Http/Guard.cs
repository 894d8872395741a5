using System.Net;
using Microsoft.AspNetCore.Http;
using RtpProxy.Watch.Live;

namespace RtpProxy.Watch.Http;

/// <summary>What every request has to pass, and what every response carries.</summary>
/// <param name="hostNames">Names that this host is asked for.</param>
/// <param name="gate">Null where everybody who gets here may look.</param>
internal sealed class Guard(IReadOnlyList<string> hostNames, TokenGate? gate, Assets assets)
{
    // Nothing of other hosts, nothing inline, no frame of others around it.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string LoginPath = "/login";

    private static readonly string[] OpenToAll = ["/healthz", "/readyz", LoginPath, "/login.js", "/watch.css", "/icon.svg"];

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        HttpRequest request = context.Request;
        bool isLogin = gate is not null && HttpMethods.IsPost(request.Method) && request.Path == LoginPath;
        if (!isLogin && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "method", "only GET and HEAD are understood");
        }
        else if (!IsOurs(request.Host.Host))
        {
            await RefuseAsync(
                context, StatusCodes.Status421MisdirectedRequest, "host", "this name is not ours; name it with --http-host, or use the address");
        }
        else if (IsOfAnotherSite(request, isLogin))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "cross-site", "other sites have no business here");
        }
        else if (isLogin)
        {
            await LogInAsync(context);
        }
        else if (gate is null || gate.Admits(request) || OpenToAll.Contains(request.Path.Value))
        {
            await next(context);
        }
        else
        {
            await AskForTokenAsync(context);
        }
    }

    // A link on another site may lead here; a form there may not send here.
    private static bool IsOfAnotherSite(HttpRequest request, bool isLogin)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        return isLogin
            ? site is not ("" or "none" or "same-origin")
            : site == "cross-site" && request.Headers["Sec-Fetch-Mode"] != "navigate";
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string text) =>
        Responses.WriteAsync(context, Answers.Problem(status, code, text));

    private async Task LogInAsync(HttpContext context)
    {
        if (!await gate!.TryLogInAsync(context))
        {
            Asset again = assets.LoginAgain;
            await Responses.WriteAsync(context, StatusCodes.Status401Unauthorized, again.Type, again.Body);
        }
    }

    private async Task AskForTokenAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        if (context.Request.Path == "/")
        {
            await Responses.WriteAsync(context, StatusCodes.Status401Unauthorized, assets.Login.Type, assets.Login.Body);
        }
        else
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "token", "say the token: Authorization: Bearer TOKEN");
        }
    }

    // A page of another site can make a name of its own mean our address (DNS rebinding), but not an address itself. What says
    // no name is no browser, but a health check of HTTP/1.0.
    private bool IsOurs(string host) =>
        host.Length == 0
        || IPAddress.TryParse(host, out _)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || hostNames.Any(name => host.Equals(name, StringComparison.OrdinalIgnoreCase));
}
