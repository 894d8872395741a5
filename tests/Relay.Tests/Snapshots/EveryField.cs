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

    [Theory]
    [InlineData("Caller.RtpLatch")]
    [InlineData("Callee.RtcpLatch")]
    [InlineData("Caller.Reception")]
    [InlineData("Caller.Quality")]
    [InlineData("Callee.Reports")]
    [InlineData("Caller.Timer")]
    [InlineData("Caller.Rtp")]
    [InlineData("Callee.Rtcp")]
    [InlineData("Caller.Numbers")]
    [InlineData("Callee.Resizer")]
    [InlineData("Caller.Digits")]
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
