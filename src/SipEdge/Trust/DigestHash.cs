using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace RtpProxy.SipEdge.Trust;

/// <summary>H() of RFC 7616 section 3.3, as text.</summary>
internal static class DigestHash
{
    /// <summary>The name in <c>algorithm=</c>.</summary>
    public static string NameOf(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Md5 ? "MD5" : "SHA-256";

    public static bool TryParse(string name, out DigestAlgorithm algorithm)
    {
        algorithm = name.Equals("SHA-256", StringComparison.OrdinalIgnoreCase) ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5;
        return name.Equals(NameOf(algorithm), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The hash in small hexadecimal letters.</summary>
    /// <param name="text">What came over the wire, one character for each byte.</param>
    public static string Of(DigestAlgorithm algorithm, string text) => Of(algorithm, Encoding.Latin1.GetBytes(text));

    /// <summary>HA1: what is known of a user in place of the password.</summary>
    public static string SecretOf(DigestAlgorithm algorithm, string name, string realm, string password) =>
        Of(algorithm, Encoding.UTF8.GetBytes($"{name}:{realm}:{password}"));

    [SuppressMessage("Security", "CA5351", Justification = "RFC 8760 keeps MD5 for phones that know nothing better; the configuration can leave it out.")]
    private static string Of(DigestAlgorithm algorithm, byte[] bytes) =>
        Convert.ToHexStringLower(algorithm == DigestAlgorithm.Md5 ? MD5.HashData(bytes) : SHA256.HashData(bytes));
}
