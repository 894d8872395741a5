using RtpProxy.Controller.Offers;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller.Agreements;

/// <summary>What a node was told of one party's side of a medium: the command that said it. Plain data, immutable.</summary>
/// <param name="Command"><c>U</c> or <c>L</c> as it was sent.</param>
/// <param name="Relay">The node's name.</param>
/// <param name="BeforeHold">
/// When this is a hold by null address: what was said before it. A node that is told to hold keeps the address it had.
/// </param>
internal sealed record LegDescription(Command Command, string Relay, LegDescription? BeforeHold)
{
    private const int MaxLength = 1024;

    public bool IsHold => Command switch
    {
        UpdateCommand update => IsNull(update.Remote.AddressText),
        LookupCommand lookup => IsNull(lookup.Remote.AddressText),
        _ => false,
    };

    /// <summary>False for what no honest call has, and what would fill the memory.</summary>
    public bool IsWorthKeeping => Command switch
    {
        UpdateCommand update => LengthOf(update.Remote.AddressText, update.Modifiers?.Codecs, update.Notify?.Socket),
        LookupCommand lookup => LengthOf(lookup.Remote.AddressText, lookup.Modifiers?.Codecs, null),
        _ => 0,
    } <= MaxLength;

    /// <summary>
    /// The commands that make a node's session what it was when this was said. They are those that were sent, with both
    /// tags, which the first offer of a call did not have yet; whoever has a port keeps it.
    /// </summary>
    /// <param name="other">The tag of the other party; null before it has one.</param>
    /// <param name="number">Number of the media description.</param>
    public IEnumerable<Command> Restoring(string? other, int number)
    {
        if (IsHold && BeforeHold is { } spoken)
        {
            yield return spoken.WithBothTags(other, number);
        }

        yield return WithBothTags(other, number);
    }

    private Command WithBothTags(string? other, int number) => other is not null && Command is UpdateCommand { ToTag: null } update
        ? update with { ToTag = MediaCommandBuilder.Numbered(other, number) }
        : Command;

    private static bool IsNull(string address) =>
        address == "0.0.0.0" || (address.Contains(':', StringComparison.Ordinal) && address.AsSpan().IndexOfAnyExcept('0', ':') < 0);

    private static int LengthOf(string address, string? codecs, string? socket) =>
        address.Length + (codecs?.Length ?? 0) + (socket?.Length ?? 0);
}
