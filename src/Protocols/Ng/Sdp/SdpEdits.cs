using RtpProxy.Sip;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>Changes to the lines of one description; a line that is not named stays byte for byte.</summary>
internal sealed class SdpEdits(SdpFacts facts)
{
    private readonly SpliceList _changes = new();

    public string Text => facts.Text;

    public void Replace(TextSpan where, string text)
    {
        if (!where.In(Text).SequenceEqual(text))
        {
            _changes.Replace(where, text);
        }
    }

    /// <param name="line">A line without its end.</param>
    public void Remove(TextSpan line) => _changes.Remove(TextSpan.FromBounds(line.Start, BehindEnd(line)));

    /// <summary>Removes lines and whatever stands between them.</summary>
    public void Remove(TextSpan first, TextSpan last) => _changes.Remove(TextSpan.FromBounds(first.Start, BehindEnd(last)));

    /// <summary>Adds a line behind another; several come out in the order in which they were added.</summary>
    public void AddBehind(TextSpan line, string added) => _changes.Insert(BehindEnd(line), added + facts.LineEnd);

    public string Apply() => _changes.ApplyTo(Text);

    private int BehindEnd(TextSpan line) => Text.AsSpan(line.End) switch
    {
        ['\r', '\n', ..] => line.End + 2,
        [] => line.End,
        _ => line.End + 1,
    };
}
