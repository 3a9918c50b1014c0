//! Our end of the wire, against a server that follows a script. Time is virtual: ten minutes take no time.

mod ahead;
mod alive;
mod certificates;
mod chain;
mod connect;
mod dot;
mod envelope;
mod extensions;
mod faults;
mod flood;
mod injection;
mod limits;
mod offers;
mod one_flight;
mod passages;
mod phases;
mod proxy;
mod sign_in;
mod starttls;
mod streams;
mod stuffing;
