using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Protocols.Rtpp.Parsing;

namespace RtpProxy.Protocols.Rtpp.Writing;

/// <summary>The letters of <see cref="LegModifiers"/>, in the order and case that Kamailio's module uses.</summary>
internal static class LegModifierText
{
    private static readonly SearchValues<char> CodecCharacters = SearchValues.Create("0123456789,");

    // 6 comes before z, l, r and c, whose arguments would swallow it.
    public static string Write(char command, LegModifiers? modifiers)
    {
        var text = new StringBuilder().Append(command);
        if (modifiers is null)
        {
            return text.ToString();
        }

        text.Append(modifiers.Asymmetric switch
        {
            true => "A",
            false => "S",
            null => "",
        });
        text.Append(modifiers.Weak ? "W" : "");
        text.Append(modifiers.NewPort ? "N" : "");
        AppendDirections(text, modifiers);
        text.Append(modifiers.IsIPv6 ? "6" : "");
        AppendPtime(text, modifiers.PtimeMilliseconds);
        AppendLocal(text, modifiers.Local);
        AppendCodecs(text, modifiers.Codecs);
        return text.ToString();
    }

    private static void AppendDirections(StringBuilder text, LegModifiers modifiers)
    {
        if (modifiers.FirstDirection is null && modifiers.SecondDirection is not null)
        {
            throw new ArgumentException("There is a second direction letter without a first.", nameof(modifiers));
        }

        foreach (Direction? direction in (ReadOnlySpan<Direction?>)[modifiers.FirstDirection, modifiers.SecondDirection])
        {
            text.Append(direction switch
            {
                Direction.Internal => "I",
                Direction.External => "E",
                _ => "",
            });
        }
    }

    private static void AppendPtime(StringBuilder text, int? milliseconds)
    {
        if (milliseconds is not { } ptime)
        {
            return;
        }

        if (ptime is < 1 or > LegModifierReader.MaxPtimeMilliseconds)
        {
            throw new ArgumentException(
                $"The packet time of {ptime} ms is not in 1..{LegModifierReader.MaxPtimeMilliseconds}.",
                nameof(milliseconds));
        }

        text.Append('Z').Append(ptime.ToString(CultureInfo.InvariantCulture));
    }

    private static void AppendLocal(StringBuilder text, LocalSelector? local)
    {
        switch (local)
        {
            case LocalSelector.Literal { Address: var address }:
                text.Append('l').Append(Literal(address, nameof(local)));
                break;
            case LocalSelector.RouteTo { Remote: var remote }:
                text.Append('R').Append(Literal(remote, nameof(local)));
                break;
            case LocalSelector.Labelled { Label: var label }:
                WordWriter.Check(label, "label");
                if (label.Contains('}', StringComparison.Ordinal))
                {
                    throw new ArgumentException("The label holds a '}', which ends it.", nameof(local));
                }

                text.Append("l{").Append(label).Append('}');
                break;
            default:
                break;
        }
    }

    private static string Literal(IPAddress address, string name)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address.ToString();
        }

        if (address.ScopeId != 0)
        {
            throw new ArgumentException($"The address {address} has a zone, which the modifier cannot carry.", name);
        }

        string text = address.ToString();
        return $"[{(text.Contains('.', StringComparison.Ordinal) ? WithoutDots(address) : text)}]";
    }

    /// <summary>
    /// The daemon takes only hexadecimal digits and colons here, not the <c>::ffff:192.0.2.1</c> of a mapped address.
    /// </summary>
    private static string WithoutDots(IPAddress address) => string.Join(
        ':',
        address.GetAddressBytes()
            .Chunk(2)
            .Select(pair => ((pair[0] << 8) | pair[1]).ToString("x", CultureInfo.InvariantCulture)));

    private static void AppendCodecs(StringBuilder text, string? codecs)
    {
        if (codecs is null)
        {
            return;
        }

        if (codecs.Length == 0 || codecs.AsSpan().ContainsAnyExcept(CodecCharacters))
        {
            throw new ArgumentException($"The codec list \"{codecs}\" is not made of digits and commas.", nameof(codecs));
        }

        text.Append('c').Append(codecs);
    }
}
