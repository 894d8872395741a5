namespace RtpProxy.Controller.Agreements;

/// <summary>An offer whose request has no final answer yet, with what it and its answers so far have changed.</summary>
/// <remarks>Owned by its <see cref="CallAgreement"/>.</remarks>
internal sealed class OpenOffer(TransactionId id)
{
    private readonly List<AgreedChange> _changes = [];

    public TransactionId Id => id;

    public IReadOnlyList<AgreedChange> Changes => _changes;

    /// <summary>The media that the last answer accepts; null before there is one.</summary>
    public IReadOnlySet<int>? Accepted { get; set; }

    /// <summary>Adds a change. A repeated message, or a second answer, changes what the first did: what was before stays.</summary>
    public void Add(AgreedChange change)
    {
        int index = _changes.FindIndex(earlier => earlier.Leg == change.Leg);
        if (index < 0)
        {
            _changes.Add(change);
        }
        else
        {
            _changes[index] = change with { Before = _changes[index].Before };
        }
    }

    /// <summary>A change of this offer was undone by itself.</summary>
    public void Withdraw(AgreedChange undone)
    {
        int index = _changes.FindIndex(change => ReferenceEquals(change.After, undone.After));
        if (index < 0)
        {
            return;
        }

        AgreedChange whole = _changes[index];
        if (undone.Before is null || ReferenceEquals(undone.Before, whole.Before))
        {
            _changes.RemoveAt(index);
        }
        else
        {
            _changes[index] = whole with { After = undone.Before }; // What an earlier answer said stands.
        }
    }

    /// <summary>The same description, kept elsewhere.</summary>
    public void Replace(LegDescription present, LegDescription moved)
    {
        int index = _changes.FindIndex(change => ReferenceEquals(change.After, present));
        if (index >= 0)
        {
            _changes[index] = _changes[index] with { After = moved };
        }
    }
}
