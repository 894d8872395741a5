using RtpProxy.Hosting.Keeping;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Io.Tests.Keeping;

/// <summary>Whom a relay gives up that dies again and again.</summary>
public sealed class DeathJudgeTests
{
    private DeathNotes _notes = DeathNotes.None;

    [Fact]
    public void Four_deaths_within_a_minute_cost_nobody_his_call()
    {
        for (int second = 0; second < 4; second++)
        {
            Die(second, 7, 0).ShouldBe(default);
        }
    }

    [Fact]
    public void At_the_fifth_the_session_that_was_worked_on_most_often_is_given_up_and_at_the_next_all_are()
    {
        Die(0, 7, 3).ShouldBe(default);
        Die(10, 0, 3).ShouldBe(default);
        Die(20, 8, 0).ShouldBe(default);
        Die(30, 9, 0).ShouldBe(default);
        Suspicion fifth = Die(40, 9, 3);
        fifth.ShouldBe(new Suspicion(All: false, new SessionId(1, 3)));
        fifth.IsOf(new SessionId(1, 3)).ShouldBeTrue();
        fifth.IsOf(new SessionId(0, 3)).ShouldBeFalse();
        Die(50, 9, 0).All.ShouldBeTrue();
        Die(51, 9, 0).ShouldBe(default);
    }

    [Fact]
    public void Of_two_that_were_worked_on_equally_often_the_later_is_given_up()
    {
        long[] sessions = [4, 5, 4, 5, 6];
        Suspicion last = default;
        for (int i = 0; i < sessions.Length; i++)
        {
            last = Die(i, sessions[i], 0);
        }

        last.Session.ShouldBe(new SessionId(0, 5));
    }

    [Fact]
    public void Where_none_was_worked_on_none_is_given_up_before_all_are()
    {
        for (int i = 0; i < 5; i++)
        {
            Die(i, 0, 0).ShouldBe(default);
        }

        Die(6, 0, 0).All.ShouldBeTrue();
    }

    [Fact]
    public void Deaths_that_are_more_than_a_minute_apart_are_no_row()
    {
        for (int i = 0; i < 20; i++)
        {
            Die(i * 16, 7, 0).ShouldBe(default);
        }
    }

    [Fact]
    public void A_session_that_was_given_up_long_ago_does_not_cost_all_theirs()
    {
        for (int i = 0; i < 5; i++)
        {
            Die(i, 7, 0);
        }

        for (int i = 100; i < 104; i++)
        {
            Die(i, 8, 0).ShouldBe(default);
        }

        Die(104, 8, 0).ShouldBe(new Suspicion(All: false, new SessionId(0, 8)));
    }

    [Fact]
    public void Notes_that_cannot_be_are_left_alone()
    {
        _notes = new DeathNotes(long.MaxValue, [.. Enumerable.Repeat(new DeathNote(long.MaxValue, [7]), 5)]);
        Die(1, -3, 7).ShouldBe(default);
        _notes.Deaths.ShouldHaveSingleItem();
    }

    private Suspicion Die(int second, params long[] underWay)
    {
        Suspicion suspicion = DeathJudge.Judge(_notes, new DeathNote(1_000_000_000L * (1_000 + second), underWay), out _notes);
        return suspicion;
    }
}
