/*
 * Tries, turns, reservations and settlements against one PIN, as src/portal/credentials makes them, in every order.
 * tests/model/check-attempts has spin look at all of them, and at each mutant, in which it must find a fault.
 *
 * What holds, for a small limit and a few tries at once:
 *   limit    however many tries run at once, are cut off or lose their turn, no more than LIMIT are evaluated against one
 *            PIN without a right one settled among them;
 *   count    what is counted is what was settled as wrong, what was cut off, and the try that is being made: nothing is
 *            counted twice, given back twice, or erased by a success that began before it;
 *   wait     nobody waits but for settled wrong tries;
 *   honest   right components are refused only for such a wait, for a PIN disabled by tries that are over, or because the
 *            PIN was renewed or lost meanwhile;
 *   renewed  nothing is signed with a PIN that was renewed or lost since.
 *
 * A commit applies if nobody wrote since the read, else the step begins again; it may be applied and its answer lost. Any
 * try may die anywhere. A turn and a wait may end at any moment: nothing here rests on the clock.
 */
#define LIMIT 3
#define DELAY_FROM 2
#define TRIES 2 /* at once */
#ifndef ROUNDS
#define ROUNDS 3 /* of each */
#endif

#ifndef MUTANT
#define MUTANT 0
#endif
#define NO_RESERVATION 1  /* mutant: a try is counted when it is settled */
#define NO_GENERATION 2   /* mutant: a renewal is not noticed */
#define NO_OWNER 3        /* mutant: a try settles although its turn was lost */
#define NO_CONDITION 4    /* mutant: a commit applies whatever others wrote */
#define IN_FLIGHT_WAITS 5 /* mutant: tries that are not settled make the next one wait */
#define KEEPS_UNMADE 6    /* mutant: a try that could not be made stays counted */
#define SETTLES_BLIND 7   /* mutant: a try that could not be finished is settled without a look at how far it got */

#define NOBODY 0
#define STEP_PASSWORD 1
#define STEP_PIN 2

/* The row. A try of a round has a number of its own, as in the library, where it is drawn at random. */
byte turn = NOBODY, step;
byte generation = 1, failures, unsettled;
bool lost;

byte fresh; /* a bit for each process that read the row as it is */

/* What only the model knows, of the present PIN and since the last success. */
byte wrong;     /* settled as wrong */
byte cut_off;   /* reserved, and never to be settled */
byte made;      /* reserved and evaluated, or still may be */
bool pending;   /* whoever has the turn has reserved */

#define CHECK                                                                                                          \
    assert(made <= LIMIT);                                                                                             \
    assert(failures == wrong);                                                                                         \
    assert(unsettled == cut_off + pending)

/* What was read is what is there, or the commit does not apply: only where it does nevertheless is a copy needed. */
#if MUTANT == NO_CONDITION
#define ROW_READ                                                                                                       \
    byte r_turn, r_step, r_generation, r_failures, r_unsettled;                                                        \
    bool r_lost
#define READ                                                                                                           \
    atomic {                                                                                                           \
        fresh = fresh | (1 << id);                                                                                     \
        r_turn = turn; r_step = step; r_generation = generation; r_failures = failures; r_unsettled = unsettled;       \
        r_lost = lost                                                                                                  \
    }
#define MAY_COMMIT true
#define WRITE                                                                                                          \
    turn = r_turn; step = r_step; generation = r_generation; failures = r_failures; unsettled = r_unsettled;           \
    lost = r_lost; fresh = 0
#else
#define ROW_READ skip
#define READ fresh = fresh | (1 << id)
#define r_turn turn
#define r_step step
#define r_generation generation
#define r_failures failures
#define r_unsettled unsettled
#define r_lost lost
#define MAY_COMMIT (fresh & (1 << id))
#define WRITE fresh = 0
#endif
#define AGAIN fresh = fresh & ~(1 << id) /* not read any more */

/* The ghosts of a success: whatever was reserved before it is over. */
#define CLEAR_GHOSTS wrong = 0; cut_off = 0; made = 0; pending = false

/* Settles the reserved try in the row as read. `tried` 0: it could not be made. */
inline settle() {
    if
    :: evaluates && (my_generation == r_generation || MUTANT == NO_GENERATION) ->
        if
        :: tried && right -> r_failures = 0; r_unsettled = 0; CLEAR_GHOSTS
        :: tried && !right ->
            r_failures = r_failures + 1;
            if :: MUTANT != NO_RESERVATION && r_unsettled > 0 -> r_unsettled = r_unsettled - 1 :: else fi;
            wrong = wrong + 1; pending = false
        :: !tried ->
            if :: MUTANT != KEEPS_UNMADE && r_unsettled > 0 -> r_unsettled = r_unsettled - 1 :: else fi;
            made = made - 1; pending = false
        fi
    :: else
    fi
}

proctype try(byte id) {
    byte me, my_pin, my_generation, round;
    bool evaluates, blocked, tried, right;
    ROW_READ;

    do
    :: round == ROUNDS -> break
    :: round < ROUNDS ->
        atomic {
            round = round + 1;
            me = id * ROUNDS + round;
            if /* the PIN as it is, or a guess */
            :: my_pin = generation
            :: my_pin = 0
            fi
        }
take:   READ;
        atomic {
            if
            :: !MAY_COMMIT -> AGAIN; goto take
            :: MAY_COMMIT && r_turn != NOBODY -> AGAIN; goto end /* try again */
            :: MAY_COMMIT && r_turn == NOBODY -> skip
            :: MAY_COMMIT && r_turn != NOBODY -> skip /* it lasted too long */
            fi;
            if :: pending -> cut_off = cut_off + 1; pending = false :: else fi;
            r_turn = me; r_step = STEP_PASSWORD;
            WRITE; CHECK;
            if
            :: skip
            :: goto alone /* the answer was lost, or the password could not be checked */
            :: goto end   /* died */
            fi
        }
reserve: READ;
        atomic {
            if
            :: !MAY_COMMIT -> AGAIN; goto reserve
            :: MAY_COMMIT -> AGAIN; goto alone /* the store failed */
            :: MAY_COMMIT && r_turn != me && MUTANT != NO_OWNER -> AGAIN; goto end /* try again */
            :: MAY_COMMIT && (r_turn == me || MUTANT == NO_OWNER) -> skip
            fi;
            if
            :: r_lost -> blocked = true
            :: !r_lost && r_failures + r_unsettled >= LIMIT ->
                blocked = true;
                assert(wrong + cut_off >= LIMIT) /* honest: none of them is being made */
            :: !r_lost && r_failures + r_unsettled < LIMIT && r_failures >= DELAY_FROM ->
                blocked = true;
                assert(wrong >= DELAY_FROM) /* wait */
            :: !r_lost && r_failures + r_unsettled < LIMIT && MUTANT == IN_FLIGHT_WAITS &&
                r_failures + r_unsettled >= DELAY_FROM ->
                blocked = true;
                assert(wrong >= DELAY_FROM) /* wait: only a mutant comes here */
            :: !r_lost && r_failures + r_unsettled < LIMIT ->
                evaluates = true;
                my_generation = r_generation;
                if :: MUTANT != NO_RESERVATION -> r_unsettled = r_unsettled + 1 :: else fi;
                made = made + 1; pending = true
            fi;
            r_step = STEP_PIN;
            WRITE;
            if :: MUTANT != NO_RESERVATION -> CHECK :: else -> assert(made <= LIMIT) fi;
            if
            :: skip
            :: goto alone
            :: goto end
            fi
        }
        atomic { /* the derivation: of the verifier read with the reservation */
            if
            :: tried = true; right = (evaluates && my_pin == my_generation)
            :: goto alone /* no memory */
            :: goto end
            fi
        }
finish: READ;
        atomic {
            if
            :: !MAY_COMMIT -> AGAIN; goto finish
            :: MAY_COMMIT -> AGAIN; goto alone /* the store failed */
            :: MAY_COMMIT && r_turn != me && MUTANT != NO_OWNER -> AGAIN; goto end /* try again */
            :: MAY_COMMIT && (r_turn == me || MUTANT == NO_OWNER) -> skip
            fi;
            if
            :: right && (my_generation == r_generation || MUTANT == NO_GENERATION) ->
                assert(my_pin == generation && !lost) /* renewed */
            :: else -> /* denied */
                assert(my_pin != generation || lost || blocked) /* honest */
            fi;
            settle();
            r_turn = NOBODY; r_step = 0;
            WRITE;
            if :: MUTANT != NO_RESERVATION -> CHECK :: else fi;
            if
            :: goto end
            :: goto alone
            fi
        }
alone:  READ;
        atomic {
            if
            :: !MAY_COMMIT -> AGAIN; goto alone
            :: MAY_COMMIT && r_turn != me && MUTANT != SETTLES_BLIND -> AGAIN; goto end
            :: MAY_COMMIT && (r_turn == me || MUTANT == SETTLES_BLIND) -> skip
            fi;
            if :: r_step == STEP_PIN || MUTANT == SETTLES_BLIND -> settle() :: else fi;
            r_turn = NOBODY; r_step = 0;
            WRITE;
            if :: MUTANT != NO_RESERVATION -> CHECK :: else fi;
            if :: skip :: goto alone fi
        }
end:    atomic { evaluates = false; blocked = false; tried = false; right = false; my_generation = 0; my_pin = 0 }
    od
}

/* Somebody has the PIN renewed, reports it lost, and has it renewed again. */
proctype renewals(byte id) {
    byte count;
    ROW_READ;
    do
    :: count == 3 -> break
    :: count < 3 ->
        READ;
        atomic {
            if
            :: !MAY_COMMIT -> skip
            :: MAY_COMMIT ->
                count = count + 1;
                r_generation = r_generation + 1; r_failures = 0; r_unsettled = 0; r_lost = (count == 2);
                CLEAR_GHOSTS;
                WRITE; CHECK
            fi
        }
    od
}

init {
    atomic {
        byte i = 0;
        do
        :: i == TRIES -> break
        :: i < TRIES -> run try(i); i = i + 1
        od;
        run renewals(i)
    }
}
