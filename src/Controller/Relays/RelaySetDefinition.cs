using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace RtpProxy.Controller.Relays;

/// <summary>A numbered set of nodes as it is configured.</summary>
/// <param name="Id">0 or more; 0 is the set of calls that name none.</param>
/// <param name="Nodes">In order, which selection depends on.</param>
public sealed record RelaySetDefinition(int Id, IReadOnlyList<RelayNodeDefinition> Nodes)
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    /// <summary>
    /// Reads one value of <c>rtpproxy_sock</c>: <c>[SETID ==] URL[|ADDRESS][=WEIGHT] [URL[|ADDRESS][=WEIGHT] ...]</c>, where
    /// ADDRESS is advertised in SDP in place of the node's own, as OpenSIPS writes it.
    /// </summary>
    /// <exception cref="FormatException">The message names the word at fault and says what was expected.</exception>
    public static RelaySetDefinition Parse(string value) =>
        TryParse(value, out RelaySetDefinition? set, out string? error) ? set : throw new FormatException(error);

    /// <inheritdoc cref="Parse"/>
    /// <param name="error">One sentence that names the word at fault and says what was expected.</param>
    public static bool TryParse(
        string value,
        [NotNullWhen(true)] out RelaySetDefinition? set,
        [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(value);
        set = null;
        error = null;
        int id = 0;
        string nodes = value;
        int equals = value.IndexOf("==", StringComparison.Ordinal);
        if (equals >= 0)
        {
            string idText = value[..equals].Trim();
            nodes = value[(equals + 2)..];
            if (!int.TryParse(idText, NumberStyles.None, CultureInfo.InvariantCulture, out id))
            {
                error = $"'{idText}' is no set number; expected 0 or more before '=='";
                return false;
            }
        }

        List<RelayNodeDefinition> found = [];
        foreach (string word in nodes.Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParseNode(word, out RelayNodeDefinition? node, out error))
            {
                return false;
            }

            found.Add(node);
        }

        set = new RelaySetDefinition(id, found);
        return true;
    }

    private static bool TryParseNode(
        string word,
        [NotNullWhen(true)] out RelayNodeDefinition? node,
        [NotNullWhen(false)] out string? error)
    {
        node = null;
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        int weight = 1;
        if (equals >= 0
            && !int.TryParse(word.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out weight))
        {
            error = $"'{word}' has the weight '{word[(equals + 1)..]}'; expected a number of 0 or more after '='";
            return false;
        }

        string url = equals >= 0 ? word[..equals] : word;
        IPAddress? advertised = null;
        int bar = url.IndexOf('|', StringComparison.Ordinal);
        if (bar >= 0 && !IPAddress.TryParse(url.AsSpan(bar + 1), out advertised))
        {
            error = $"'{word}' has '{url[(bar + 1)..]}' behind its bar; expected the IP address to advertise in SDP";
            return false;
        }

        if (!RelayAddress.TryParse(bar >= 0 ? url[..bar] : url, out RelayAddress? address, out error))
        {
            return false;
        }

        node = new RelayNodeDefinition(address, weight, Advertised: advertised);
        return true;
    }
}
