using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Registration;

/// <summary>Bindings by what requests within a call know of them: the Contact, and where the phone is.</summary>
/// <remarks>Owned by the registrar, under its lock.</remarks>
internal sealed class BindingIndex
{
    private readonly Dictionary<string, List<Binding>> _byContact = new(StringComparer.Ordinal);
    private readonly Dictionary<NextHop, List<Binding>> _byTarget = [];

    public void Add(Binding binding)
    {
        Add(_byContact, KeyOf(binding.Contact), binding);
        Add(_byTarget, binding.Target, binding);
    }

    public void Remove(Binding binding)
    {
        Remove(_byContact, KeyOf(binding.Contact), binding);
        Remove(_byTarget, binding.Target, binding);
    }

    /// <summary>The newest binding of a Contact that fits; a phone names itself in it as it likes.</summary>
    public Binding? Find(SipUri contact, Func<Binding, bool> fits, DateTimeOffset now) =>
        _byContact.GetValueOrDefault(KeyOf(contact))?.FindLast(binding => binding.ExpiresAt > now && fits(binding));

    public bool HasTarget(NextHop target, DateTimeOffset now) =>
        _byTarget.TryGetValue(target, out List<Binding>? found) && found.Exists(binding => binding.ExpiresAt > now);

    // Users are told apart by letter case, hosts are not (RFC 3261 section 19.1.4).
    private static string KeyOf(SipUri contact) => $"{contact.User}@{contact.Host.ToUpperInvariant()}:{contact.Port ?? ListenPoint.DefaultPort}";

    private static void Add<TKey>(Dictionary<TKey, List<Binding>> index, TKey key, Binding binding)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<Binding>? present))
        {
            index[key] = present = [];
        }

        present.Add(binding);
    }

    private static void Remove<TKey>(Dictionary<TKey, List<Binding>> index, TKey key, Binding binding)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out List<Binding>? present) && present.Remove(binding) && present.Count == 0)
        {
            index.Remove(key);
        }
    }
}
