using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>Answers what a command supposes of the daemon's own addresses, and remembers what it found for it.</summary>
/// <remarks>Of one command; not thread-safe.</remarks>
internal sealed class AddressAnswers(ILocalAddressBook book)
{
    private Dictionary<LocalSelector, LocalAddress>? _found;

    /// <summary>The error of the first question that is answered with no; <see cref="ErrorCode.None"/> if there is none.</summary>
    public ErrorCode Ask(IReadOnlyList<AddressQuestion> questions)
    {
        foreach (AddressQuestion question in questions)
        {
            bool isYes = question switch
            {
                AddressQuestion.IsBridging => book.IsBridging,
                AddressQuestion.Has has => TryFind(has.Selector),
                AddressQuestion.HasFamily family => NewestOf(family.IsIPv6) is not null,
                _ => throw new System.Diagnostics.UnreachableException($"No answer to {question}."),
            };
            if (!isYes)
            {
                return question.Otherwise;
            }
        }

        return ErrorCode.None;
    }

    /// <summary>
    /// The address that <c>l</c>, <c>r</c> or the family rule chooses: without <c>l</c>, <c>r</c> and direction letters, a remote
    /// address of another family than the first bind address selects the newest bind address of its own family. Null when
    /// neither applies.
    /// </summary>
    public LocalAddress? Chosen(LegModifiers modifiers) => modifiers switch
    {
        { Local: LocalSelector.Literal literal } => book.Find(literal.Address),
        { Local: { } selector } => _found?.GetValueOrDefault(selector),
        { FirstDirection: null } when modifiers.IsIPv6 != book.Default.IsIPv6 => NewestOf(modifiers.IsIPv6),
        _ => null,
    };

    /// <summary>The bridging address that a direction letter stands for.</summary>
    public LocalAddress? Toward(Direction? direction) => direction switch
    {
        Direction.Internal => book.Internal,
        Direction.External => book.External,
        _ => null,
    };

    private LocalAddress? NewestOf(bool ipv6) => book.Default.IsIPv6 == ipv6 ? book.Default : book.FindNewest(ipv6);

    private bool TryFind(LocalSelector selector)
    {
        LocalAddress? found = selector switch
        {
            LocalSelector.Labelled labelled => book.FindLabel(labelled.Label),
            LocalSelector.RouteTo route => book.FindRouteTo(route.Remote),
            _ => throw new System.Diagnostics.UnreachableException($"No address for {selector}."),
        };
        if (found is null)
        {
            return false;
        }

        _found ??= [];
        _found[selector] = found;
        return true;
    }
}
