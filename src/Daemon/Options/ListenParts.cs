namespace RtpProxy.Daemon.Options;

/// <summary>A listen argument taken apart: <c>[label@]address[/external][=advertised]</c>.</summary>
/// <param name="Text">All of it.</param>
/// <param name="External">The half behind the slash; null without a slash.</param>
/// <param name="Advertised">Null without an equals sign; may be empty.</param>
/// <param name="Label">Null without an at sign.</param>
internal sealed record ListenParts(bool IsIPv6, string Text, string Address, string? External, string? Advertised, string? Label)
{
    public string Family => IsIPv6 ? "IPv6" : "IPv4";

    /// <summary>The first <c>@</c> ends the label, the first <c>=</c> of the rest the address: what follows is any text.</summary>
    public static ListenParts Of(ListenArgument argument)
    {
        (string? label, string rest) = SplitLabel(argument.Text);
        (string hosts, string? advertised) = Split(rest, '=');
        (string address, string? external) = Split(hosts, '/');
        return new(argument.IsIPv6, argument.Text, address, external, advertised, label);
    }

    /// <summary>An interface as rtpengine has it, <c>[label/]address!advertised</c>, in our form; null for everything else.</summary>
    public string? MeantOfRtpengine
    {
        get
        {
            // Its label looks like our internal half of a bridge.
            (string? label, string address) = External is null ? (Label, Address) : (Address, External);
            return address.Contains('!', StringComparison.Ordinal)
                ? (label is null ? "" : $"{label}@") + address.Replace('!', '=')
                : null;
        }
    }

    private static (string? Label, string Remainder) SplitLabel(string text)
    {
        (string before, string? after) = Split(text, '@');
        return after is null ? (null, before) : (before, after);
    }

    private static (string Before, string? After) Split(string text, char separator)
    {
        int at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}
