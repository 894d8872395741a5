using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>Gathers the words of <c>SDES</c>, from whichever places (ng protocol, 9.2).</summary>
internal sealed class SdesFields
{
    private SdesOptions _words = SdesOptions.None;
    private List<string>? _only;
    private List<string>? _except;

    /// <param name="word">Folded.</param>
    /// <param name="text">As written: suites keep their spelling.</param>
    public void Add(ReadOnlySpan<char> word, string text)
    {
        switch (word)
        {
            case "off" or "no" or "disable":
                _words = _words with { IsOff = true };
                break;
            case "nonew":
                _words = _words with { AddsNone = true };
                break;
            case "prefer":
                _words = _words with { IsPreferred = true };
                break;
            case "pad":
                _words = _words with { Pads = true };
                break;
            case "lifetime":
                _words = _words with { WritesLifetime = true };
                break;
            case ['o', 'n', 'l', 'y', '-', ..]:
                (_only ??= []).Add(text[5..]);
                break;
            case ['n', 'o', '-', ..]:
                (_except ??= []).Add(text[3..]);
                break;
            default:
                break;
        }
    }

    /// <summary>Null if nothing was said.</summary>
    public SdesOptions? ToOptions() => _only is null && _except is null
        ? (_words == SdesOptions.None ? null : _words)
        : _words with { Only = [.. _only ?? []], Except = [.. _except ?? []] };
}
