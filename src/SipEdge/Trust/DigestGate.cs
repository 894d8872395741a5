using System.Security.Cryptography;
using System.Text;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Trust;

/// <summary>Asks for passwords and checks what comes (RFC 3261 section 22, RFC 7616, RFC 8760).</summary>
internal sealed class DigestGate(byte[] key, TimeProvider time)
{
    private readonly Nonces _nonces = new(key, time);

    /// <summary>Looks at the credentials that a request brings for our realm.</summary>
    /// <param name="field">Authorization or Proxy-Authorization.</param>
    /// <param name="user">Set when they are right, fresh or stale.</param>
    public DigestOutcome Check(SipMessage request, HeaderKind field, AuthenticationSettings settings, out UserSettings? user)
    {
        user = null;
        if (Find(request, field, settings.Realm) is not { } credentials)
        {
            return DigestOutcome.None;
        }

        if (!IsRight(request.Method, credentials, settings, out UserSettings? named) || !MeansSameUser(credentials.Uri, request.RequestUri))
        {
            return DigestOutcome.Wrong;
        }

        user = named;
        return _nonces.TryUse(credentials.Nonce, credentials.NonceCount) ? DigestOutcome.Right : DigestOutcome.Stale;
    }

    /// <summary>The fields that ask for a password, one for each algorithm, the most wanted first (RFC 8760 section 2.3).</summary>
    /// <param name="isProxy">Asked for by a proxy (407) and not by a registrar (401).</param>
    public IReadOnlyList<string> Challenge(AuthenticationSettings settings, bool isProxy, bool isStale)
    {
        string name = HeaderNames.NameOf(isProxy ? HeaderKind.ProxyAuthenticate : HeaderKind.WwwAuthenticate);
        string nonce = _nonces.Make();
        string stale = isStale ? ", stale=true" : "";
        return
        [
            .. settings.Algorithms.Select(algorithm =>
                $"{name}: Digest realm=\"{settings.Realm}\", nonce=\"{nonce}\", algorithm={DigestHash.NameOf(algorithm)}, qop=\"auth\"{stale}"),
        ];
    }

    /// <summary>The field of the request that holds credentials for a realm; null without.</summary>
    public static SipHeader? FindField(SipMessage request, HeaderKind field, string realm)
    {
        foreach (SipHeader header in request.Headers)
        {
            if (header.Kind == field && DigestCredentials.Parse(request.ValueOf(header))?.Realm == realm)
            {
                return header;
            }
        }

        return null;
    }

    private static DigestCredentials? Find(SipMessage request, HeaderKind field, string realm) =>
        FindField(request, field, realm) is { } header ? DigestCredentials.Parse(request.ValueOf(header)) : null;

    private bool IsRight(string method, DigestCredentials credentials, AuthenticationSettings settings, out UserSettings? user)
    {
        user = settings.Users.GetValueOrDefault(credentials.UserName);
        DigestAlgorithm algorithm = DigestAlgorithm.Md5;
        bool isOffered = (credentials.Algorithm.Length == 0 || DigestHash.TryParse(credentials.Algorithm, out algorithm))
            && settings.Algorithms.Contains(algorithm)
            && credentials.Quality.ToUpperInvariant() is "" or "AUTH";
        bool isCounted = credentials.Quality.Length > 0;
        if (isCounted != (credentials.NonceCount.Length > 0))
        {
            return false;
        }

        // The same work for somebody unknown: neither the answer nor its time tells who exists.
        string? secret = user?.SecretOf(algorithm);
        string request = DigestHash.Of(algorithm, $"{method}:{credentials.Uri}");
        string middle = isCounted
            ? $"{credentials.Nonce}:{credentials.NonceCount}:{credentials.ClientNonce}:{credentials.Quality}"
            : credentials.Nonce;
        string expected = DigestHash.Of(algorithm, $"{secret ?? Unknown(algorithm)}:{middle}:{request}");
        bool isEqual = CryptographicOperations.FixedTimeEquals(
            Encoding.Latin1.GetBytes(credentials.Response.ToLowerInvariant()), Encoding.Latin1.GetBytes(expected));
        return isEqual && isOffered && secret is not null;
    }

    // Proxies on the way may have changed the Request-URI, and some phones name the server alone (RFC 3261 section 22.4,
    // item 5). But whoever takes credentials on the way shall not call somebody else with them.
    private static bool MeansSameUser(string uri, string requestUri) =>
        !SipUri.TryParse(uri, out SipUri? signed, out _)
        || !SipUri.TryParse(requestUri, out SipUri? asked, out _)
        || string.IsNullOrEmpty(signed.User)
        || signed.User == asked.User;

    private string Unknown(DigestAlgorithm algorithm) => DigestHash.Of(algorithm, Convert.ToHexStringLower(key));
}
