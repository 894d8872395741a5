using RtpProxy.Sip;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>Changes to the lines of one description; a line that is not named stays byte for byte.</summary>
/// <param name="lineEnd">Of lines that are added.</param>
internal sealed class SdpEdits(string text, string lineEnd)
{
    private readonly SpliceList _changes = new();

    public SdpEdits(SdpFacts facts)
        : this(facts.Text, facts.LineEnd)
    {
    }

    public string Text { get; } = text;

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
    public void AddBehind(TextSpan line, string added) => _changes.Insert(BehindEnd(line), added + lineEnd);

    public string Apply() => _changes.ApplyTo(Text);

    private int BehindEnd(TextSpan line) => Text.AsSpan(line.End) switch
    {
        ['\r', '\n', ..] => line.End + 2,
        [] => line.End,
        _ => line.End + 1,
    };
}
