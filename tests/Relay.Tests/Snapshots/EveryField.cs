using System.Reflection;
using RtpProxy.Relay.Sessions;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Snapshots;

/// <summary>Whatever field a state has, now or later, is in the snapshot: each gets a value of its own, and has it afterwards.</summary>
public sealed class EveryField
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly VirtualRelay _relay = new BusyRelay().Relay;
    private long _last = 1;

    public static readonly TheoryData<string> Owners = new(
        "Caller.RtpLatch",
        "Callee.RtcpLatch",
        "Caller.Reception",
        "Caller.Quality",
        "Callee.Reports",
        "Caller.Timer",
        "Caller.Rtp",
        "Callee.Rtcp",
        "Caller.Numbers",
        "Callee.Resizer",
        "Caller.Digits");

    [Theory]
    [MemberData(nameof(Owners))]
    public void A_state_comes_back_whole(string owner)
    {
        object before = Find(OldSession(), owner);
        object filled = Fill(StateOf(before).GetValue(before)!);
        StateOf(before).SetValue(before, filled);

        _relay.Restart();

        object after = Find(OldSession(), owner);
        after.ShouldNotBeSameAs(before);
        object state = StateOf(after).GetValue(after)!;
        Leaves(state, owner).ShouldBe(Leaves(filled, owner));
    }

    [Theory]
    [MemberData(nameof(Owners))]
    public void It_comes_back_whole_where_the_session_was_built_beforehand(string owner)
    {
        _relay.Restart(); // as it is now the next one foresees it
        object before = Find(OldSession(), owner);
        object plain = StateOf(before).GetValue(before)!;
        object filled = Fill(StateOf(before).GetValue(before)!);
        StateOf(before).SetValue(before, filled);

        _relay.Restart();

        object after = Find(OldSession(), owner);
        Leaves(StateOf(after).GetValue(after)!, owner).ShouldBe(Leaves(filled, owner));

        StateOf(after).SetValue(after, plain);
        _relay.Restart();

        object last = Find(OldSession(), owner);
        Leaves(StateOf(last).GetValue(last)!, owner).ShouldBe(Leaves(plain, owner));
    }

    [Fact]
    public void Nothing_stays_of_what_a_session_was_when_it_was_built_beforehand()
    {
        _relay.Restart();
        _relay.Command("S call alice bob");
        _relay.Command("D copy r1 r2");
        _relay.Port("U call 192.0.2.99 41000 alice");
        _relay.Advance(TimeSpan.FromSeconds(20));
        byte[][] sessions = _relay.TakeSnapshots().Sessions;
        sessions.ShouldNotBeEmpty();

        _relay.Restart();

        _relay.TakeSnapshots().Sessions.ShouldBe(sessions);
    }

    [Fact]
    public void The_counters_of_the_worker_come_back()
    {
        object before = _relay.Workers[0].Statistics;
        object filled = Fill(StateOf(before).GetValue(before)!);
        StateOf(before).SetValue(before, filled);

        _relay.Restart();

        object after = _relay.Workers[0].Statistics;
        Leaves(StateOf(after).GetValue(after)!, "").ShouldBe(Leaves(filled, ""));
    }

    [Fact]
    public void So_does_what_sessions_legs_and_streams_have_themselves()
    {
        string[] before = [.. _relay.Workers[0].AllSessions.ToArray().SelectMany(OwnValues)];

        _relay.Restart();

        string[] after = [.. _relay.Workers[0].AllSessions.ToArray().SelectMany(OwnValues)];
        after.Except(before).ShouldBeEmpty();
        after.Length.ShouldBe(before.Length);
        before.Length.ShouldBeGreaterThan(100);
    }

    private static FieldInfo StateOf(object owner) => owner.GetType().GetField("_state", Fields).ShouldNotBeNull();

    private Session OldSession() => _relay.Workers[0].AllSessions[0];

    private static object Find(Session session, string path) => path.Split('.').Aggregate(
        (object)session,
        (owner, name) => owner.GetType().GetProperty(name, Fields).ShouldNotBeNull().GetValue(owner).ShouldNotBeNull());

    /// <summary>What a value consists of in the end, with the way to it.</summary>
    private static IEnumerable<string> Leaves(object? value, string path)
    {
        if (value is null || value is string || value.GetType() is { IsPrimitive: true } or { IsEnum: true })
        {
            return [$"{path} = {value}"];
        }

        return value.GetType().GetFields(Fields).SelectMany(f => Leaves(f.GetValue(value), $"{path}.{f.Name}"));
    }

    private static IEnumerable<string> OwnValues(Session session) =>
        ((object[])
        [
            session, session.Caller, session.Callee, session.Caller.Rtp, session.Caller.Rtcp, session.Callee.Rtp, session.Callee.Rtcp,
        ]).SelectMany((owner, place) => owner.GetType().GetFields(Fields)
            .Where(f => f.FieldType.IsValueType || f.FieldType == typeof(string))
            .Where(f => f.FieldType != typeof(Forwarding.Fork?)) // has what it leads to beside it
            .Where(f => !f.Name.Contains("ResizerDue", StringComparison.Ordinal)) // of a leg that waits for nothing: anything
            .SelectMany(f => Leaves(f.GetValue(owner), $"{session.CallId} {place} {owner.GetType().Name}.{f.Name}")));

    private object Fill(object value)
    {
        foreach (FieldInfo field in value.GetType().GetFields(Fields))
        {
            Type type = Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType;
            field.SetValue(value, NewValue(type, field.Name));
        }

        return value;
    }

    private object NewValue(Type type, string name)
    {
        if (type.IsEnum)
        {
            object last = Enum.GetValues(type).Cast<object>().Last();
            return type.IsDefined(typeof(FlagsAttribute), false) ? Enum.ToObject(type, 3) : last;
        }

        if (!type.IsPrimitive)
        {
            return Fill(Activator.CreateInstance(type)!);
        }

        return type == typeof(bool) ? true
            : type == typeof(byte) ? (byte)(name == "Sources" ? 2 : 1)
            : Convert.ChangeType(++_last, type, null);
    }
}
