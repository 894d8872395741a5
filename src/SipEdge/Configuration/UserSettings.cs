using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>Somebody who has a password.</summary>
/// <param name="Name">The user name of the credentials, and the user of the own address of record.</param>
/// <param name="Md5">H(name:realm:password) by MD5, in small hexadecimal letters; null when only the other one is known.</param>
/// <param name="Sha256">The same by SHA-256.</param>
/// <param name="Identities">What From may say beside the name: a user, or <c>user@host</c>.</param>
internal sealed record UserSettings(string Name, string? Md5, string? Sha256, IReadOnlyList<string> Identities)
{
    /// <summary>The secret of an algorithm (HA1 of RFC 7616); null when it is not known.</summary>
    public string? SecretOf(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Md5 ? Md5 : Sha256;

    /// <summary>Whether a URI in From or To is one of this user.</summary>
    /// <param name="isOurHost">Whether a host is ours, or nobody has said which are.</param>
    public bool IsNamedBy(SipUri uri, Func<string, bool> isOurHost) =>
        uri.User is { Length: > 0 } user
        && (Identities.Any(identity => IsIdentity(identity, user, uri.Host)
            || (IsIdentity(identity, user, null) && isOurHost(uri.Host)))
            || (user == Name && isOurHost(uri.Host)));

    private static bool IsIdentity(string identity, string user, string? host) =>
        host is null
            ? identity == user
            : identity.Length == user.Length + 1 + host.Length
                && identity.StartsWith(user, StringComparison.Ordinal)
                && identity[user.Length] == '@'
                && identity.EndsWith(host, StringComparison.OrdinalIgnoreCase);
}
