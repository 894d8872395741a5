namespace RtpProxy.SipEdge.Trust;

/// <summary>What Authorization or Proxy-Authorization says (RFC 7616 section 3.4). Empty where a parameter is absent.</summary>
internal sealed class DigestCredentials
{
    private const int MaxLength = 2_048;
    private const string Scheme = "Digest ";

    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private DigestCredentials()
    {
    }

    public string UserName => this["username"];

    public string Realm => this["realm"];

    public string Nonce => this["nonce"];

    public string Uri => this["uri"];

    public string Response => this["response"];

    public string Algorithm => this["algorithm"];

    public string ClientNonce => this["cnonce"];

    public string Quality => this["qop"];

    public string NonceCount => this["nc"];

    private string this[string name] => _parameters.GetValueOrDefault(name, "");

    /// <returns>Null for another scheme, a parameter that stands twice, and what cannot be read.</returns>
    public static DigestCredentials? Parse(string value)
    {
        if (value.Length > MaxLength || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var credentials = new DigestCredentials();
        int position = Scheme.Length;
        while (true)
        {
            position = SkipBlanks(value, position);
            int equals = value.IndexOf('=', position);
            if (equals < 0)
            {
                return null;
            }

            string name = value[position..equals].Trim();
            position = SkipBlanks(value, equals + 1);
            if (ReadValue(value, ref position) is not { } content || !credentials._parameters.TryAdd(name, content))
            {
                return null;
            }

            position = SkipBlanks(value, position);
            if (position == value.Length)
            {
                return credentials;
            }

            if (value[position++] != ',')
            {
                return null;
            }
        }
    }

    private static string? ReadValue(string text, ref int position)
    {
        if (position < text.Length && text[position] == '"')
        {
            return ReadQuoted(text, ref position);
        }

        int start = position;
        int length = text.AsSpan(start).IndexOfAny(", \t");
        position = length < 0 ? text.Length : start + length;
        return text[start..position];
    }

    private static string? ReadQuoted(string text, ref int position)
    {
        var content = new System.Text.StringBuilder();
        for (position++; position < text.Length; position++)
        {
            switch (text[position])
            {
                case '"':
                    position++;
                    return content.ToString();
                case '\\' when position + 1 < text.Length:
                    content.Append(text[++position]);
                    break;
                case char other:
                    content.Append(other);
                    break;
            }
        }

        return null;
    }

    private static int SkipBlanks(string text, int position)
    {
        while (position < text.Length && (text[position] is ' ' or '\t'))
        {
            position++;
        }

        return position;
    }
}
