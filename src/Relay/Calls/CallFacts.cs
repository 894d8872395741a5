using System.Collections.Immutable;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Calls;

/// <summary>All that is known of a call beside its sessions (ng protocol). Immutable; replaced whole.</summary>
public sealed record CallFacts
{
    /// <summary>Parties that a call can have had: forks and what controllers make up.</summary>
    public const int MaxParties = 64;

    /// <summary>Rises with every change.</summary>
    public long Revision { get; init; }

    /// <summary>Microseconds since the UNIX epoch.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Of the last offer or answer, microseconds since the UNIX epoch.</summary>
    public long SignalledAt { get; init; }

    /// <summary>What a controller wants to be told again; null for nothing.</summary>
    public string? Metadata { get; init; }

    /// <summary>The number of the party that spoke when that was told; 0 where it is not known.</summary>
    public int MetadataFrom { get; init; }

    /// <summary>When the call ends unless there is another offer or answer; null when it need not.</summary>
    public Instant? EndsAt { get; init; }

    /// <summary>Who is told the digits of its parties (docs/ng.md, digits); unknown for nobody.</summary>
    public Endpoint DigitTarget { get; init; }

    /// <summary>What is kept from the media of all parties.</summary>
    public MediaGates Gates { get; init; }

    /// <summary>In the order in which they came.</summary>
    public ImmutableArray<CallParty> Parties { get; init; } = [];

    /// <summary>In the order in which they were made.</summary>
    public ImmutableArray<Association> Associations { get; init; } = [];

    /// <summary>Who hears the parties without being one of them, in the order in which they came.</summary>
    public ImmutableArray<Subscription> Subscriptions { get; init; } = [];

    /// <summary>The party of a number.</summary>
    public CallParty this[int number] => Parties[IndexOfParty(number)];

    internal CallParty? FindParty(string tag) => Parties.FirstOrDefault(party => party.IsCalled(tag));

    internal Association? FindAssociation(int number) => Associations.FirstOrDefault(association => association.Number == number);

    /// <summary>The newest that has both.</summary>
    internal Association? FindBetween(int one, int other) =>
        Associations.LastOrDefault(association => association.Has(one) && association.Has(other));

    internal int NextParty => Parties.IsEmpty ? 1 : Parties[^1].Number + 1;

    /// <summary>For an association or a subscription.</summary>
    internal int NextAssociation => Math.Max(
        Associations.IsEmpty ? 1 : Associations[^1].Number + 1, Subscriptions.IsEmpty ? 1 : Subscriptions[^1].Number + 1);

    internal Subscription? FindSubscription(int number) => Subscriptions.FirstOrDefault(subscription => subscription.Number == number);

    /// <summary>That of a party which only hears; null for one that speaks.</summary>
    internal Subscription? FindSubscriptionOf(CallParty party) =>
        Subscriptions.FirstOrDefault(subscription => subscription.Subscriber == party.Number);

    /// <summary>A party that only hears is called so.</summary>
    internal bool IsSubscriber(string? tag) => tag is not null && FindParty(tag) is { } party && FindSubscriptionOf(party) is not null;

    internal CallFacts With(CallParty party)
    {
        int at = IndexOfParty(party.Number);
        return this with { Parties = at < 0 ? Parties.Add(party) : Parties.SetItem(at, party) };
    }

    internal CallFacts With(Association association)
    {
        int at = Associations.IndexOf(FindAssociation(association.Number)!);
        return this with { Associations = at < 0 ? Associations.Add(association) : Associations.SetItem(at, association) };
    }

    internal CallFacts With(Subscription subscription)
    {
        int at = Subscriptions.IndexOf(FindSubscription(subscription.Number)!);
        return this with { Subscriptions = at < 0 ? Subscriptions.Add(subscription) : Subscriptions.SetItem(at, subscription) };
    }

    /// <summary>Without the subscription, and without who subscribed.</summary>
    internal CallFacts Without(Subscription subscription) => this with
    {
        Subscriptions = Subscriptions.RemoveAll(other => other.Number == subscription.Number),
        Parties = Parties.RemoveAll(party => party.Number == subscription.Subscriber),
    };

    /// <summary>Without the association, and without parties that have no other.</summary>
    internal CallFacts Without(Association association)
    {
        ImmutableArray<Association> left = Associations.RemoveAll(other => other.Number == association.Number);
        return this with
        {
            Associations = left,
            Parties = Parties.RemoveAll(party => association.Has(party.Number) && !left.Any(other => other.Has(party.Number))),
        };
    }

    private int IndexOfParty(int number)
    {
        for (int i = 0; i < Parties.Length; i++)
        {
            if (Parties[i].Number == number)
            {
                return i;
            }
        }

        return -1;
    }
}
