using System.Globalization;
using System.Text;
using RtpProxy.Control;
using RtpProxy.Control.Commands;

namespace RtpProxy.Controller.Tests.Differential;

/// <summary>Commands as text.</summary>
internal static class WireText
{
    public static string Of(Command command) => command switch
    {
        UpdateCommand u => Join("U" + Modifiers(u.Modifiers), u.Call, u.Remote.AddressText, u.Remote.PortText, u.FromTag, u.ToTag)
            + (u.Notify is { } n ? $" {n.Socket} {Encoding.UTF8.GetString(n.Tag)}" : ""),
        LookupCommand l => Join("L" + Modifiers(l.Modifiers), l.Call, l.Remote.AddressText, l.Remote.PortText, l.FromTag, l.ToTag),
        DeleteCommand d => Join("D", d.Call, d.FromTag, d.ToTag),
        PlayCommand p => Join($"P{p.Count}", p.Call, p.Prompt, p.Codecs, p.FromTag, p.ToTag),
        NoPlayCommand s => Join("S", s.Call, s.FromTag, s.ToTag),
        RecordCommand r => Join("R", r.Call, r.FromTag, r.ToTag),
        QueryCommand q => Join("Q", q.Call, q.FromTag, q.ToTag),
        _ => throw new ArgumentException($"not expected here: {command}"),
    };

    private static string Join(params string?[] words) => string.Join(' ', words.Where(w => w is not null));

    private static string Modifiers(LegModifiers? m)
    {
        var text = new StringBuilder();
        text.Append(m?.Asymmetric switch { true => "A", false => "S", null => "" });
        text.Append(Letter(m?.FirstDirection)).Append(Letter(m?.SecondDirection));
        text.Append(m?.IsIPv6 == true ? "6" : "");
        text.Append(m?.PtimeMilliseconds is int z ? string.Create(CultureInfo.InvariantCulture, $"Z{z}") : "");
        text.Append(m?.Codecs is { } c ? "c" + c : "");
        return text.ToString();
    }

    private static string Letter(Direction? direction) =>
        direction switch { Direction.Internal => "I", Direction.External => "E", _ => "" };
}
