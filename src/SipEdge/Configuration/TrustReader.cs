using System.Collections.Frozen;
using System.Net;
using System.Text;
using RtpProxy.SipEdge.Transport;
using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>Reads who is asked for a password, and who is not.</summary>
internal static class TrustReader
{
    /// <summary>The password of the sample configuration: everybody knows it.</summary>
    private const string SamplePassword = "only-for-trying";

    private const int MinSecretLength = 16;
    private const int MappedPrefixLength = 96; // ::ffff:0:0/96, RFC 4291 section 2.5.5.2

    /// <returns>Null when the configuration says that nobody is asked.</returns>
    public static AuthenticationSettings? ReadAuthentication(
        EdgeFile file, IReadOnlyList<ListenSettings> listen, RegistrarSettings? registrar, IReadOnlyList<IPNetwork> trusted)
    {
        bool isOff = file.Authentication switch
        {
            null or "digest" => false,
            "none" => true,
            _ => throw new ConfigurationException("authentication", $"is '{file.Authentication}'; expected digest or none"),
        };
        bool hasUsers = file.Users is { Count: > 0 };
        if (isOff)
        {
            return hasUsers
                ? throw new ConfigurationException("users", "are named, but authentication is none; expected one or the other")
                : null;
        }

        if (!hasUsers && trusted.Count == 0)
        {
            throw new ConfigurationException(
                "users",
                "are missing; expected a list of those who may register and call, each with a name and a password, "
                + "or \"authentication\": \"none\" to let everybody in");
        }

        string realm = ReadRealm(file.Realm, listen, registrar);
        DigestAlgorithm[] algorithms = ReadAlgorithms(file.Digests);
        var users = new Dictionary<string, UserSettings>(StringComparer.Ordinal);
        foreach ((int i, EdgeFile.UserSection? section) in (file.Users ?? []).Index())
        {
            string key = $"users[{i}]";
            UserSettings user = ReadUser(
                section ?? throw new ConfigurationException(key, "is null; expected an object in braces"), key, realm, algorithms, listen);
            if (!users.TryAdd(user.Name, user))
            {
                throw new ConfigurationException($"{key}.name", $"is '{user.Name}' again; expected each user once");
            }
        }

        return new AuthenticationSettings(realm, algorithms, users.ToFrozenDictionary(StringComparer.Ordinal));
    }

    public static IReadOnlyList<IPNetwork> ReadTrusted(List<string?>? values) =>
        [.. (values ?? []).Select((value, i) => ReadNetwork(value, $"trusted[{i}]"))];

    public static string? ReadSecret(string? text) =>
        text is null || text.Length >= MinSecretLength
            ? text
            : throw new ConfigurationException("secret", $"has {text.Length} characters; expected at least {MinSecretLength}");

    private static IPNetwork ReadNetwork(string? text, string key)
    {
        if (IPAddress.TryParse(text, out IPAddress? written))
        {
            IPAddress address = LocalAddresses.Plain(written);
            return new IPNetwork(address, 8 * address.GetAddressBytes().Length);
        }

        return IPNetwork.TryParse(text, out IPNetwork network)
            ? Plain(network)
            : throw new ConfigurationException(key, $"is '{text}'; expected an IP address, or a network such as 192.0.2.0/24");
    }

    // IPv4 in IPv6 is IPv4: that is how addresses are compared.
    private static IPNetwork Plain(IPNetwork network) =>
        network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedPrefixLength
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedPrefixLength)
            : network;

    private static string ReadRealm(string? text, IReadOnlyList<ListenSettings> listen, RegistrarSettings? registrar)
    {
        string realm = text
            ?? (registrar is { Domains: [var domain, ..] } ? domain : null)
            ?? listen[0].AdvertisedHost
            ?? listen[0].Local.Address.ToString();
        return IsPlain(realm)
            ? realm
            : throw new ConfigurationException("realm", $"is '{realm}'; expected up to 64 printable characters without quotes and backslashes");
    }

    private static DigestAlgorithm[] ReadAlgorithms(List<string?>? names)
    {
        List<DigestAlgorithm> algorithms = [];
        foreach ((int i, string? name) in (names ?? ["SHA-256", "MD5"]).Index())
        {
            if (!DigestHash.TryParse(name ?? "", out DigestAlgorithm algorithm) || algorithms.Contains(algorithm))
            {
                throw new ConfigurationException($"digests[{i}]", $"is '{name}'; expected SHA-256 or MD5, each once");
            }

            algorithms.Add(algorithm);
        }

        return algorithms.Count > 0
            ? [.. algorithms]
            : throw new ConfigurationException("digests", "is empty; expected SHA-256, MD5 or both");
    }

    private static UserSettings ReadUser(
        EdgeFile.UserSection section, string key, string realm, DigestAlgorithm[] algorithms, IReadOnlyList<ListenSettings> listen)
    {
        string name = section.Name is { } text && IsPlain(text) && !text.AsSpan().ContainsAny(": @")
            ? text
            : throw new ConfigurationException(
                $"{key}.name", $"is '{section.Name}'; expected up to 64 printable characters without blanks, quotes, backslashes, : and @");
        if (section.Password is { } password)
        {
            if (section.Md5 is not null || section.Sha256 is not null)
            {
                throw new ConfigurationException($"{key}.password", "stands beside a hash; expected one or the other");
            }

            if (password.Length == 0)
            {
                throw new ConfigurationException($"{key}.password", "is empty; expected a password");
            }

            if (password == SamplePassword && listen.FirstOrDefault(own => !IPAddress.IsLoopback(own.Local.Address)) is { } open)
            {
                throw new ConfigurationException(
                    $"{key}.password", $"is the one of the sample, which everybody knows; expected your own, because {open.Local.Address} is not a loopback address");
            }
        }

        return new UserSettings(
            name,
            ReadHash(DigestAlgorithm.Md5, section.Md5, $"{key}.md5", 32),
            ReadHash(DigestAlgorithm.Sha256, section.Sha256, $"{key}.sha256", 64),
            [.. (section.Identities ?? []).Select((identity, i) => ReadIdentity(identity, $"{key}.identities[{i}]"))]);

        string? ReadHash(DigestAlgorithm algorithm, string? hash, string hashKey, int length)
        {
            if (section.Password is { } clear)
            {
                return DigestHash.SecretOf(algorithm, name, realm, clear);
            }

            if (hash is null)
            {
                return algorithms.Contains(algorithm)
                    ? throw new ConfigurationException(
                        hashKey,
                        $"is missing; expected the {DigestHash.NameOf(algorithm)} of '{name}:{realm}:PASSWORD', a password, or digests without {DigestHash.NameOf(algorithm)}")
                    : null;
            }

            return hash.Length == length && hash.All(char.IsAsciiHexDigit)
                ? hash.ToLowerInvariant()
                : throw new ConfigurationException(hashKey, $"has {hash.Length} characters; expected {length} hexadecimal digits");
        }
    }

    private static string ReadIdentity(string? text, string key)
    {
        string? identity = text is not null && text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? text["sip:".Length..] : text;
        return identity is not null && IsPlain(identity) && !identity.Contains(' ', StringComparison.Ordinal)
            ? identity
            : throw new ConfigurationException(key, $"is '{text}'; expected a user, or sip:USER@HOST");
    }

    private static bool IsPlain(string text) =>
        text.Length is > 0 and <= 64 && Ascii.IsValid(text) && !text.Any(char.IsControl) && !text.AsSpan().ContainsAny("\"\\");
}
