using Microsoft.Extensions.Logging;
using RtpProxy.Lines;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Registration;

/// <summary>The bindings of all users, within bounds.</summary>
/// <remarks>
/// Owned by the registrar, under its lock. So many bindings in all, and so many for a user; expired ones make room first. The
/// oldest of a user give way to its new ones, so that a phone which comes from ever new ports never shuts itself out.
/// </remarks>
internal sealed class BindingTable(int maxBindings, TimeProvider time, ILogger logger)
{
    /// <summary>Of one user.</summary>
    public const int MaxContacts = 10;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, List<Binding>> _users = new(StringComparer.Ordinal);
    private readonly BindingIndex _index = new();
    private DateTimeOffset _sweptAt;

    /// <summary>Bindings held, expired ones that nobody has asked for since included.</summary>
    public int Count { get; private set; }

    /// <summary>The newest binding of a Contact that fits.</summary>
    public Binding? Find(SipUri contact, Func<Binding, bool> fits) => _index.Find(contact, fits, time.GetUtcNow());

    /// <summary>Whether a phone is there.</summary>
    public bool HasTarget(NextHop target) => _index.HasTarget(target, time.GetUtcNow());

    /// <summary>The bindings of a user that have not expired, the newest last. Not to be changed.</summary>
    public List<Binding> Live(string user)
    {
        if (!_users.TryGetValue(user, out List<Binding>? bindings))
        {
            return [];
        }

        DateTimeOffset now = time.GetUtcNow();
        foreach (Binding expired in bindings.Where(binding => binding.ExpiresAt <= now).ToArray())
        {
            bindings.Remove(expired);
            _index.Remove(expired);
            Count--;
            Log.Expired(logger, PeerText.Brief(user), PeerText.Brief(expired.Contact.ToString()));
        }

        if (bindings.Count == 0)
        {
            _users.Remove(user);
        }

        return bindings;
    }

    /// <summary>Removes all bindings of a user.</summary>
    public void RemoveAll(string user)
    {
        if (_users.Remove(user, out List<Binding>? gone))
        {
            Count -= gone.Count;
            gone.ForEach(_index.Remove);
            Log.Unregistered(logger, PeerText.Brief(user), "all its phones");
        }
    }

    /// <summary>Gives a user these bindings, in place of those it had.</summary>
    /// <param name="next">The newest last; of the old ones among them the oldest are taken out where there is no room.</param>
    /// <returns>False, and nothing changes, when there is no room.</returns>
    public bool TryReplace(string user, List<Binding> next)
    {
        List<Binding> old = Live(user);
        MakeRoom(next, old, MaxContacts);
        if (next.Count > old.Count && Count + next.Count - old.Count > maxBindings && !Sweep(next.Count - old.Count))
        {
            MakeRoom(next, old, old.Count + Math.Max(0, maxBindings - Count));
        }

        if (next.Count > MaxContacts || (next.Count > old.Count && Count + next.Count - old.Count > maxBindings))
        {
            return false;
        }

        Tell(user, old, next);
        old.ForEach(_index.Remove);
        next.ForEach(_index.Add);
        Count += next.Count - old.Count;
        if (next.Count == 0)
        {
            _users.Remove(user);
        }
        else
        {
            _users[user] = next;
        }

        return true;
    }

    // A connection that is gone leads to nobody. What comes with this very request does not give way to itself.
    private static void MakeRoom(List<Binding> next, List<Binding> old, int most)
    {
        if (next.Count > old.Count)
        {
            next.RemoveAll(binding => old.Contains(binding) && binding.Flow.Connection is { IsOpen: false });
        }

        while (next.Count > most && next.Find(old.Contains) is { } oldest)
        {
            next.Remove(oldest);
        }
    }

    // Refreshes are no news.
    private void Tell(string user, List<Binding> old, List<Binding> next)
    {
        foreach (Binding binding in next.Where(binding => !old.Exists(other => IsSamePhone(binding, other))))
        {
            Log.Registered(
                logger,
                PeerText.Brief(user),
                PeerText.Brief(binding.Contact.ToString()),
                binding.Flow.Remote,
                binding.Flow.Point.TransportName,
                (int)Math.Ceiling((binding.ExpiresAt - time.GetUtcNow()).TotalSeconds));
        }

        foreach (Binding binding in old.Where(binding => !next.Exists(other => other.Contact.ToString() == binding.Contact.ToString())))
        {
            Log.Unregistered(logger, PeerText.Brief(user), PeerText.Brief(binding.Contact.ToString()));
        }
    }

    private static bool IsSamePhone(Binding one, Binding other) =>
        one.Contact.ToString() == other.Contact.ToString() && one.Target == other.Target;

    // Whoever may register could make us look through all of them with every request.
    private bool Sweep(int wanted)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now - _sweptAt >= SweepInterval)
        {
            _sweptAt = now;
            foreach (string user in _users.Keys.ToArray())
            {
                Live(user);
            }
        }

        return Count + wanted <= maxBindings;
    }
}
