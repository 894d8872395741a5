using System.Collections.Immutable;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>Gathers the codecs that a message names, from whichever places (ng protocol, 4.5).</summary>
internal sealed class CodecFields
{
    private List<string>? _strip;
    private List<string>? _except;
    private List<string>? _offer;

    /// <summary>The flag <c>single-codec</c>.</summary>
    public bool IsSingle { get; set; }

    /// <summary>Actions that have no effect here (accept, set, ignore), and unknown ones, change nothing.</summary>
    /// <param name="action">Folded.</param>
    public void Add(ReadOnlySpan<char> action, string name)
    {
        switch (action)
        {
            case "strip" or "mask": // Without transcoding they have the same effect.
                (_strip ??= []).Add(name);
                break;
            case "except":
                (_except ??= []).Add(name);
                break;
            case "offer":
                (_offer ??= []).Add(name);
                break;
            default:
                break;
        }
    }

    public CodecRules ToRules() => !IsSingle && _strip is null && _except is null && _offer is null
        ? CodecRules.None
        : new CodecRules(ToArray(_strip), ToArray(_except), ToArray(_offer), IsSingle);

    private static ImmutableArray<string> ToArray(List<string>? names) => names is null ? [] : [.. names];
}
