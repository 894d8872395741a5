using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RtpProxy.Watch.Http;

/// <summary>
/// Knows who knows the token: programs say it (<c>Authorization: Bearer</c>), a browser says it once, by a form, and gets a cookie.
/// It never stands in an address, where logs and histories would keep it.
/// </summary>
internal sealed class TokenGate
{
    private const string CookieName = "rtpproxywatch";
    private const string Scheme = "Bearer ";
    private const int MaxFormLength = 4_096;

    private readonly byte[] _tokenHash;
    private readonly string _cookie;
    private readonly byte[] _cookieHash;

    public TokenGate(string token)
    {
        byte[] key = Encoding.UTF8.GetBytes(token);
        _tokenHash = SHA256.HashData(key);

        // Not the token itself, and the same after a restart, so that pages stay open.
        _cookie = Convert.ToHexStringLower(HMACSHA256.HashData(key, "rtpproxywatch cookie"u8));
        _cookieHash = SHA256.HashData(Encoding.UTF8.GetBytes(_cookie));
    }

    /// <summary>It says the token itself, which a browser does not on behalf of a page.</summary>
    public bool AdmitsProgram(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } authorization
        && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && Matches(authorization[Scheme.Length..].Trim(), _tokenHash);

    public bool Admits(HttpRequest request) =>
        AdmitsProgram(request)
        || (request.Cookies.TryGetValue(CookieName, out string? cookie) && Matches(cookie, _cookieHash));

    /// <summary>Reads the form of the login page. Who knows the token gets the cookie, and is sent to the page.</summary>
    /// <returns>False if he does not; then nothing is answered yet.</returns>
    public async Task<bool> TryLogInAsync(HttpContext context)
    {
        if (await ReadTokenAsync(context) is not { } token || !Matches(token.Trim(), _tokenHash))
        {
            return false;
        }

        context.Response.Cookies.Append(
            CookieName,
            _cookie,
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", Secure = IsSecure(context) });
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/";
        return true;
    }

    private static async Task<string?> ReadTokenAsync(HttpContext context)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxFormLength;
        try
        {
            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
            return form["token"].FirstOrDefault();
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException or InvalidOperationException)
        {
            return null; // Too long, or no form.
        }
    }

    // TLS is a proxy's before us. What it says of its client's way to it is believed of one on this host; a proxy elsewhere
    // would carry the token on to us in clear anyway.
    private static bool IsSecure(HttpContext context) =>
        context.Request.IsHttps
        || (context.Connection.RemoteIpAddress is { } proxy
            && IPAddress.IsLoopback(proxy)
            && context.Request.Headers["X-Forwarded-Proto"].ToString().Split(',')[0].Trim().Equals("https", StringComparison.OrdinalIgnoreCase));

    // Hashes are of one length and compared in constant time, so that nobody learns a token by how long a no takes.
    private static bool Matches(string said, byte[] hash) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(said)), hash);
}
