using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RtpProxy.Watch.Http;

/// <summary>Knows who knows the token: programs say it (<c>Authorization: Bearer</c>), a browser says it once and gets a cookie.</summary>
internal sealed class TokenGate
{
    private const string CookieName = "rtpproxywatch";
    private const string Scheme = "Bearer ";

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

    public bool Admits(HttpRequest request) =>
        (request.Headers.Authorization.ToString() is { } authorization
            && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && Matches(authorization[Scheme.Length..].Trim(), _tokenHash))
        || (request.Cookies.TryGetValue(CookieName, out string? cookie) && Matches(cookie, _cookieHash));

    /// <summary>Whether this is somebody with the token in the query; then he has the cookie and is sent to the page.</summary>
    public bool TryLogIn(HttpContext context)
    {
        if (context.Request.Path != "/"
            || context.Request.Query["token"].FirstOrDefault() is not { } token
            || !Matches(token.Trim(), _tokenHash))
        {
            return false;
        }

        context.Response.Cookies.Append(
            CookieName, _cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", Secure = context.Request.IsHttps });
        context.Response.Redirect("/"); // The token does not stay in the address.
        return true;
    }

    // Hashes are of one length and compared in constant time, so that nobody learns a token by how long a no takes.
    private static bool Matches(string said, byte[] hash) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(said)), hash);
}
