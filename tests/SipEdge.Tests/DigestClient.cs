using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Answers questions for a password, written from RFC 7616 section 3.4 and not from the code that is tested.</summary>
internal sealed partial class DigestClient(string user, string password)
{
    private int _count;

    /// <summary>What a challenge says, field by field.</summary>
    public static IReadOnlyList<(string Field, Dictionary<string, string> Parameters)> Challenges(SipMessage answer) =>
    [
        .. answer.Headers
            .Where(header => header.Kind is HeaderKind.WwwAuthenticate or HeaderKind.ProxyAuthenticate)
            .Select(header => (
                header.Name.Copy(answer.Text),
                Parameter().Matches(answer.ValueOf(header)).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Trim('"')))),
    ];

    /// <summary>The field that answers the challenge of an algorithm, with its line end.</summary>
    public string Answer(SipMessage challenge, string method, string uri, string algorithm = "SHA-256", int? count = null, bool counted = true)
    {
        (string field, Dictionary<string, string> asked) = Challenges(challenge).Single(one => one.Parameters["algorithm"] == algorithm);
        string nc = (count ?? ++_count).ToString("x8");
        string first = Hash(algorithm, $"{user}:{asked["realm"]}:{password}");
        string second = Hash(algorithm, $"{method}:{uri}");
        string response = counted
            ? Hash(algorithm, $"{first}:{asked["nonce"]}:{nc}:0a4f113b:auth:{second}")
            : Hash(algorithm, $"{first}:{asked["nonce"]}:{second}");
        string name = field.Contains("Proxy", StringComparison.Ordinal) ? "Proxy-Authorization" : "Authorization";
        string rest = counted ? $", cnonce=\"0a4f113b\", nc={nc}, qop=auth" : "";
        return $"{name}: Digest username=\"{user}\", realm=\"{asked["realm"]}\", nonce=\"{asked["nonce"]}\", uri=\"{uri}\", "
            + $"response=\"{response}\", algorithm={algorithm}{rest}\r\n";
    }

    /// <summary>H() of an algorithm, in small hexadecimal letters.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "Phones use it.")]
    public static string Hash(string algorithm, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(algorithm == "MD5" ? MD5.HashData(bytes) : SHA256.HashData(bytes));
    }

    [GeneratedRegex("([a-z]+)=(\"[^\"]*\"|[^, ]+)")]
    private static partial Regex Parameter();
}
