using RtpProxy.Lines;

namespace RtpProxy.Daemon.Options;

/// <summary>An option as it was given.</summary>
/// <param name="Argument">Null if it was given without one.</param>
/// <param name="Place">Where, and by which of its names: <c>-T</c>, <c>--timeout</c>, <c>rtpproxy.toml:7: timeout</c>.</param>
internal sealed record Setting(Option Option, string? Argument, string Place)
{
    /// <summary>As it was written, where <see cref="Argument"/> says more.</summary>
    public string? Written { get; init; }

    private const int MaxShown = 200;

    /// <summary>The place and the value, for the beginning of a sentence.</summary>
    public string Shown => Argument is null ? $"{Place} is given" : $"{Place} is '{Brief(Written ?? Argument)}'";

    /// <summary>The one form in which a value is refused: option, value, what speaks against it, what was expected.</summary>
    public string Refuse(ValueFault fault) =>
        PeerText.OneLine($"{Shown}{(fault.Reason is null ? "" : $", but {fault.Reason}")}; expected {fault.Expected}");

    // A file of the wrong kind may have put anything there.
    private static string Brief(string text) =>
        PeerText.OneLine(text.Length <= MaxShown ? text : string.Concat(text.AsSpan(0, MaxShown), "..."));
}
