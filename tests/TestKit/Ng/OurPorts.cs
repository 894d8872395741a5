using System.Globalization;
using System.Text.RegularExpressions;

namespace RtpProxy.TestKit.Ng;

/// <summary>Names for the ports of a relay, in order of appearance in each call.</summary>
public sealed partial class OurPorts(int lowest, int highest)
{
    private readonly Dictionary<(string CallId, int Port), string> _names = [];

    /// <summary>The call that is talked about.</summary>
    public string CallId { get; set; } = "";

    public string NameOf(int port)
    {
        if (port < lowest || port > highest)
        {
            return port.ToString(CultureInfo.InvariantCulture);
        }

        int pair = port & ~1;
        if (!_names.TryGetValue((CallId, pair), out string? name))
        {
            name = $"P{_names.Count + 1}";
            _names.Add((CallId, pair), name);
        }

        return port == pair ? $"<{name}>" : $"<{name}+1>";
    }

    public int PortOf(string name)
    {
        bool isOdd = name.EndsWith("+1>", StringComparison.Ordinal);
        string pair = name.Trim('<', '>').Replace("+1", "", StringComparison.Ordinal);
        ((string callId, int port), _) = _names.Single(entry => entry.Value == pair);
        CallId = callId;
        return isOdd ? port + 1 : port;
    }

    /// <summary>Text with names in place of ports.</summary>
    public string Put(string text) => FiveDigits().Replace(text, match => NameOf(int.Parse(match.Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex("(?<![0-9.a-f])[0-9]{5}(?![0-9.a-f])")]
    private static partial Regex FiveDigits();
}
